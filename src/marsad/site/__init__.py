"""The site: what readers see, what programs ask for, and what is published as plain files.

What comes in: an observatory. What goes out: pages in Arabic and English, lists as JSON, CSV and GeoJSON, feeds, an API, a folder of files. It reads the
projection alone (`projection.refresh` writes it), never what the rest of the store holds.

    site = Site(Observatory("marsad.db"))       # brings the projection up to the store
    application(site)                            # an ASGI application

To add a page: a function in `pages`, its template, its sentences in `words/ar.toml` and `words/en.toml`, a handler in `app.py`, a line in `publish.py`.
It needs the extra `site` (Litestar, Jinja, uvicorn, babel).
"""
