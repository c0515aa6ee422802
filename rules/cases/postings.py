"""Cases of postings: its dates, its own page, and those that came late together."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

from rules.cases.subjects import Case
from rules.dates.periods import Period
from rules.dates.workdays import Calendar
from rules.scanners.guide_elements import Guide, GuideKind
from rules.scanners.outbound_links import Link
from rules.scanners.privacy import Hit
from rules.scanners.wording import WordingHit
from rules.vocabulary.places import NOTHING, Reference
from rules.vocabulary.terms import Outcome


@dataclass(frozen=True, slots=True)
class PostingCase(Case):
    """One posting's dates. `published` is what its row shows, `first_seen` the first night on which we saw it,
    `absent_on` the last night before that proves that it was not yet there (see `db.facts.absences`; None: none does).
    `known_before`: the same title and day stood on the site already, under another address or in another column.
    Of its own page, None where not read: `shown` and `meta` (the day shown, and of the META tag), `signed` (成文日期).
    `authored`: the document is known to be the unit's own, by its 来源 or 文号; `repost`: to come from a higher authority
    or another site. `text` is the number of its group of similar texts among those it is compared with (None: not
    read, or not compared); `shared`: its column is one list of many units."""

    path: tuple[str, ...]
    title: str
    as_of: date
    calendar: Calendar
    url: str = ""
    published: date | None = None
    first_seen: date | None = None
    absent_on: date | None = None
    known_before: bool = False
    shown: date | None = None
    meta: date | None = None
    signed: date | None = None
    authored: bool = False
    text: int | None = None
    repost: bool = False
    shared: bool = False
    about: Reference = NOTHING

    @property
    def late_by(self) -> int | None:
        """Days by which it came online later than its date, at least; None where nothing proves it."""
        if self.published is None or self.absent_on is None or self.known_before:
            return None
        return (self.absent_on - self.published).days


@dataclass(frozen=True, slots=True)
class ArrivalsCase(Case):
    """The postings of one duty (or one unit) whose shown day lies in the period and which are proved to have come
    online later (`arrivals`); `postings` is the period's count. Built by `rules.cases.posting_groups`."""

    path: tuple[str, ...]
    as_of: date
    period: Period
    postings: int
    arrivals: tuple[PostingCase, ...] = ()


@dataclass(frozen=True, slots=True)
class Gone:
    """An address that the server says is not there, on so many different nights running. `name` is that of a file; "":
    the posting's own page."""

    url: str
    name: str = ""
    nights: int = 1


@dataclass(frozen=True, slots=True)
class ArticleCase(Case):
    """One posting's own page. `outcome` None: not visited. `length` counts characters of the body without
    spaces, `pictures` and `embedded` (frames, players, viewers) what else may carry it. `promised` are the
    annexes that the text names and does not itself hold (`rules.scanners.promised_annexes`), `attachments` the
    files that are there, `links` lead to other sites or, from the text, to other pages of this one. `hits` are masked
    (`rules.scanners.privacy`), over body and files; `unscanned` names files not read; `wording` are wrong wordings in title,
    body and files. `gone` are its files, or itself, as far as they are surely missing (see `db.facts.missing_pages`).
    `guide`: what it lacks, where it is one. `signature` is the text's, for its likeness to others."""

    path: tuple[str, ...]
    title: str
    as_of: date
    outcome: Outcome | None
    url: str = ""
    length: int = 0
    pictures: int = 0
    embedded: int = 0
    attachments: int = 0
    promised: tuple[str, ...] = ()
    hits: tuple[Hit, ...] = ()
    unscanned: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    gone: tuple[Gone, ...] = ()
    wording: tuple[WordingHit, ...] = ()
    guide: Guide | None = None
    looked_on: date | None = None
    signature: bytes | None = None
    about: Reference = NOTHING

    def guide_lacks(self, kind: GuideKind) -> tuple[str, ...]:
        """What a guide of this kind does not name, as far as all of it was read."""
        whole = not self.unscanned and not self.embedded
        return self.guide.missing if self.guide and self.guide.kind is kind and whole else ()

    @property
    def text_key(self) -> Hashable:
        """The same for copies of one text: a copy carries the links of its original, which proves no frame."""
        return self.signature or self.url or self.subject

    @property
    def well_read(self) -> bool:
        return self.outcome is not None and self.outcome.good
