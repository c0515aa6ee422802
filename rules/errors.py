"""Mistakes (a misfortune is an `Outcome` instead). The whole tree:

GongkaiError            every mistake a user may meet; its text is one Chinese sentence
├── WrongInput          the user's input cannot be used (exit status 2)
│   ├── WrongSiteFile   a site file is refused: file, key, reason
│   ├── WrongPeriod     a period that cannot be read
│   ├── WrongCalendar   a table of holidays and working weekends that cannot be used
│   └── UnknownYear     working days asked of a year without a calendar
├── SiteBusy            another crawl of the same site is running
├── NotReady            a bulletin that must not be published yet (monitor.bulletin.drafting)
├── Mismatch            papers whose numbers do not tie (monitor.bulletin.ties.ties)
└── caught on the way, where they become a value or a sentence:
    ├── UnreadableFile  an attachment without text (crawler.documents.files)
    ├── TooCostly       a page past the budget of one page, a WrongInput (crawler.page.budget)
    ├── LostEvidence    a kept page that is gone or altered (crawler.fetching.snapshots)
    └── FetchFailed     an address from which nothing came (crawler.fetching.destinations)
        └── NotAllowed  an address that is not asked: none of the web's, or where no link may lead
"""


class GongkaiError(Exception):
    """Every mistake a user may meet; `str()` of it is one Chinese sentence."""


class WrongInput(GongkaiError):
    """The user's input cannot be used: exit status 2."""


class WrongSiteFile(WrongInput):
    """A site file is refused. The text names file, line where known, key and reason."""


class WrongPeriod(WrongInput):
    """A period that cannot be read."""


class WrongCalendar(WrongInput):
    """A table of holidays and working weekends that cannot be used. The text names year and reason."""


class UnknownYear(WrongInput):
    """Working days were asked of a year whose calendar is not announced."""


class SiteBusy(GongkaiError):
    """Another crawl of the same site is running."""
