"""The desk: what is done by those who are signed in. Accounts, the review of incidents, special reports, drafts.

What comes in: forms of people who are known, each with what proves that it is theirs. What goes out: decisions (`Observatory.review`), special reports,
and pages that nobody else sees. It reads what the store holds, not what is shown to everybody; so no page of it is kept at hand for others.

    desk = desk_of(site, hosts=frozenset({"news.example"}))   # what all pages of the desk have at hand
    desk.accounts.first_run()                                 # an administrator, where there is no account yet
    with_desk(desk)                                           # the application: the public side with the desk

To add a page: a function `(ask: Ask) -> Reply` in a module of this room, a line in `routes.ROUTES`, a template in `templates/desk`, its sentences in
`words/desk_ar.toml` and `words/desk_en.toml`.
"""
