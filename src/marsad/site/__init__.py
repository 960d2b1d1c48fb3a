"""The site: what readers see, what programs ask for, and what is published as plain files.

What comes in: an observatory. What goes out: pages in Arabic and English, lists as JSON, CSV and GeoJSON, feeds, an API, a folder of files. It reads the
projection alone (`projection.refresh` writes it), never what the rest of the store holds.

    site = Site(Observatory("marsad.db"))       # brings the projection up to the store
    application(site)                            # an ASGI application; `routers`, `dependencies` for an editors' desk
    publish(site, "out")                         # the public side as files
    verify_release("out")                        # what of it does not hold

To add a page: a function in `pages`, its template, its sentences in `words/ar.toml` and `words/en.toml`, a handler in `app.py`, a line in `publishing.py`.
All but `verify_release` needs the extra `site` (Litestar, Jinja, uvicorn, babel), and is loaded when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from marsad.site.sealing import verify_release

if TYPE_CHECKING:
    from marsad.site.app import application
    from marsad.site.context import Site
    from marsad.site.projection import Settings, refresh
    from marsad.site.publishing import PublishError, publish

_WHERE: Final = {
    "application": "app", "Site": "context", "Settings": "projection", "refresh": "projection", "PublishError": "publishing", "publish": "publishing",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        return getattr(import_module(f"marsad.site.{_WHERE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["PublishError", "Settings", "Site", "application", "publish", "refresh", "verify_release"]
