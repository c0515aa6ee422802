"""A site as its file declares it, in plain values for every package, and references to its things by their keys."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rules.vocabulary.column_kinds import ColumnKind
from rules.vocabulary.terms import UnitKind
from rules.vocabulary.wording import Wording, shipped_wording

# A town's has the town before it.
GOVERNMENT_OFFICE = re.compile(r"(?<![乡镇])(?<![乡镇]人民)政府办(?:公室|公厅)?$")


@dataclass(frozen=True, slots=True)
class Unit:
    """单位. `key` is its id in the site file."""

    key: str
    name: str
    kind: UnitKind
    aliases: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Duty:
    """责任: a column as owed by one unit, or jointly by several. `label` is the names as they are printed,
    joined by 、. A shared column's last duty has no units: it takes the postings of
    which no unit is named."""

    units: tuple[str, ...]
    label: str

    @property
    def key(self) -> str:
        return "+".join(self.units)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """接口: where a list that only a script fills really comes from. `url` is absolute and holds {page} (or
    {offset}); `rows`, `title`, `link`, `date`, `total` are JMESPath expressions, the last four within a row
    (`total` within the answer). `link` may instead be a pattern such as /art/{id}.html over the row's keys.
    `form` makes the request a POST, `body` one of JSON text; both may hold {page} too. Where `rows` leads to a text,
    that is the list's HTML. Relative links start from `base`, or from `url` where it is empty."""

    url: str
    rows: str
    title: str
    date: str
    link: str = ""
    total: str = ""
    first: int = 1
    size: int = 20
    form: Mapping[str, str] | None = None
    body: str | None = None
    base: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """栏目: one listing page. `url` is absolute; None where the column is kept on another site (`elsewhere`
    is the note to print). `cycle` is in days; `due` the (month, day) by
    which an annual column (决算, 年报) has its posting. `outside`: not part of 基层政务公开. A list that only a script
    fills is read from its `endpoint`, or at last with a `browser`. `kind` is given where the
    names would mislead; `platform`, the name of the page's platform where the file gives it."""

    key: str
    field: str
    level1: str
    level2: str
    duties: tuple[Duty, ...]
    url: str | None = None
    elsewhere: str | None = None
    shared: bool = False
    outside: bool = False
    cycle: int | None = None
    due: tuple[int, int] | None = None
    endpoint: Endpoint | None = None
    browser: bool = False
    kind: ColumnKind | None = None
    platform: str | None = None

    @property
    def path(self) -> tuple[str, ...]:
        """The names that are there, from 领域 down."""
        return tuple(part for part in (self.field, self.level1, self.level2) if part)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """信箱. `reply_within` is in working days; so are the `limits` of the kinds of letters that have their own (投诉 → 10).
    `corrects`: it takes reports of faults of the website itself (找错), which is no channel to ask and to suggest."""

    key: str
    name: str
    url: str
    reply_within: int
    limits: Mapping[str, int] = field(default_factory=dict)
    corrects: bool = False


@dataclass(frozen=True, slots=True)
class Waiver:
    """豁免: why a rule's findings on a unit's column are set aside, by whom, and until when (inclusive). Empty means any;
    `rule` may end in `*` (`posting.*`)."""

    rule: str
    why: str
    until: date
    unit: str = ""
    path: tuple[str, ...] = ()
    who: str = ""


@dataclass(frozen=True, slots=True)
class Crawling:
    """How the site is asked. `delay` in seconds between two requests; `hosts` are further names of the same
    site; `reread_days`: after so many days an unchanged column is read through again; after `max_hours` a crawl asks for
    nothing more; it opens `articles` postings' own pages at most, of them `stock_pages` in stock (`db.recording.stock_pages`), and tries
    `home_links` links of the home page (`db.recording.home_links`);
    `why`: the reason for asking faster than is polite, or past robots.txt."""

    delay: float = 1.0
    hosts: tuple[str, ...] = ()
    max_pages: int = 60
    max_hours: float = 6.0
    timeout: float = 30.0
    obey_robots: bool = True
    reread_days: int = 7
    articles: int = 500
    stock_pages: int = 5
    home_links: int = 4
    neutral: tuple[str, ...] = ()
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Expect:
    """Below these the fault is ours: share of columns read, postings a quarter (low, high)."""

    read: float = 0.9
    postings: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Papers:
    """公文的样式: `head` is the red heading (红头) of a paper, `issue` its number (期号) with {年} and {期} in it, `to` and `copies` the
    addressees (主送, 抄送), all "" where the office has none of its own; `ties`: whether units with as many postings
    share a rank (1, 2, 2, 4) or stand one after the other (consecutive)."""

    head: str = ""
    issue: str = ""
    to: str = ""
    copies: str = ""
    ties: str = "shared"


@dataclass(frozen=True, slots=True)
class Site:
    """网站: one government's website as its file declares it. The first unit is the portal itself (门户).
    `mobiles` are numbers that offices give out as their own lines, `also_masked` the kinds of personal numbers that are
    masked besides (`rules.scanners.masking.FurtherKind`); of letters older than `keep_letters` months only figures are kept.
    `wording` are the wrong wordings that texts are looked through for."""

    key: str
    name: str
    home: str
    units: tuple[Unit, ...]
    columns: tuple[Column, ...]
    mailboxes: tuple[Mailbox, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    crawling: Crawling = Crawling()
    expect: Expect = Expect()
    thresholds: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    mobiles: tuple[str, ...] = ()
    also_masked: tuple[str, ...] = ()
    keep_letters: int = 24
    papers: Papers = Papers()
    wording: tuple[Wording, ...] = field(default_factory=shipped_wording)

    def is_issuer(self, unit: Unit) -> bool:
        """Whether a unit is the office that issues the papers, under whatever name it stands among the units: the openness
        office is a part of it, or it is this government's 办公室."""
        office = self.units[0].name
        own = any(office.startswith(name) for name in unit.names) and office != self.name
        return own or (not unit.kind.local and any(GOVERNMENT_OFFICE.search(name) for name in unit.names))

    def unit(self, key: str) -> Unit:
        return next(unit for unit in self.units if unit.key == key)


@dataclass(frozen=True, slots=True)
class Reference:
    """`column` and `duty` (within the column), or `mailbox`, are keys of the site file; `identity` is that of one
    posting of the column, or of one letter of the mailbox. All empty: it is about no one of them (a unit, the whole
    site, a text that several letters share)."""

    column: str = ""
    duty: str = ""
    mailbox: str = ""
    identity: str = ""


NOTHING = Reference()
