"""What reading yields. Every value is frozen; urls are absolute; dates are days in Asia/Shanghai."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from rules.vocabulary.terms import Outcome


class DayKind(StrEnum):
    """What the day of a list's row is, by the words around it.

    PUBLISHED: of publication, or not labelled at all. YEARLESS: month and day, the year is inferred from the rows
    around. UNSURE: labelled with a word that may mean publication or not (更新时间, 发文日期). OTHER: another day
    (成文日期, 印发日期, 截止日期)."""

    PUBLISHED = "published"
    YEARLESS = "yearless"
    UNSURE = "unsure"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a column's list. `date` is what the row shows, even when it is absurd (`absurd`: far in
    the past, in the future of `as_of`, or impossible beside its neighbours), and `kind` which day that is: only a
    PUBLISHED one is surely the posting's. `url` is None where the row's link cannot be followed (`javascript:`).
    `source` is the unit shown in the row itself, if any."""

    title: str
    url: str | None
    date: date | None
    source: str | None = None
    absurd: bool = False
    kind: DayKind = DayKind.PUBLISHED


@dataclass(frozen=True, slots=True)
class PageRequest:
    """How a page is asked for. `url` is absolute; a POST sends `form`, or `body` as JSON. `guessed`: no link and no
    script of the page names this address, it was made from the page's own by counting on."""

    url: str
    method: str = "GET"
    form: Mapping[str, str] | None = None
    body: str | None = None
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A link of an article, by its name: to a file, or to another page."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Article:
    """One posting's own page. `published` is the day a citizen sees; `dates` keeps every candidate by where
    it stood (`shown`, `meta`, `script`, `url`), so that a disagreement can be judged later.
    `signed` is 成文日期, `document_number` 文号; `links` are those of the body, files left out."""

    title: str | None = None
    published: date | None = None
    source: str | None = None
    document_number: str | None = None
    signed: date | None = None
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    links: tuple[Attachment, ...] = ()
    dates: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LetterEntry:
    """One row of a mailbox's list (信件列表). Dates are days; None where the list does not show them. `accepted`
    is the day of 受理. `unanswered`: the list itself says that there is no answer; where it does not say, False.
    `blank`: of its answer it shows only an empty place for the day, which the letter's own page may contradict. `kind` is
    what it prints as the letter's kind (咨询, 投诉), `deadline` as the time for its answer (15个工作日, 2023-06-12)."""

    subject: str
    url: str | None
    number: str | None = None
    received: date | None = None
    answered: date | None = None
    unit: str | None = None
    status: str | None = None
    accepted: date | None = None
    unanswered: bool = False
    blank: bool = False
    kind: str | None = None
    deadline: str | None = None


Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class ListPage(Generic[Row]):
    """One page of a list. `says_empty` is the page's own sentence that it has nothing (此栏目暂无信息, 共0条).
    `stated_total` and `stated_pages` are what the pager says of the whole list. `ended`: a recognised pager says that
    this is its last page. `doubts`: codes of causes (`crawler.outcomes.causes`) for which the rows shown may not be all.
    `template` names the make of the rows' place: pages of one template show the same kind of list ("": not known)."""

    entries: tuple[Row, ...] = ()
    next_page: PageRequest | None = None
    stated_total: int | None = None
    stated_pages: int | None = None
    says_empty: str | None = None
    ended: bool = False
    doubts: tuple[str, ...] = ()
    template: str = ""


class Listing(ListPage[Entry]):
    """One page of a column's list."""

    __slots__ = ()


class LetterList(ListPage[LetterEntry]):
    """One page of a mailbox's list."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter's own page (信件详情). `received`, `accepted` (受理) and `answered` keep the shown moment as text
    ("2020-10-04 19:04:58" or "2020-10-04"). `unanswered`: the page itself says that there is no answer (暂未回复,
    办理中). `blank`: the place for an answer is empty, which tells nothing unless other letters of the mailbox fill
    it: a script may. `bare`: there is no place for an answer at all. `unread`: an answer, or part of it, may stand
    where it is not read (a picture, a file, a frame), or was given otherwise (by telephone, to the writer alone). `kind` and
    `deadline` as in `LetterEntry`."""

    subject: str | None = None
    number: str | None = None
    sender: str | None = None
    received: str | None = None
    answered: str | None = None
    unit: str | None = None
    status: str | None = None
    question: str = ""
    answer: str = ""
    accepted: str | None = None
    unanswered: bool = False
    blank: bool = False
    bare: bool = False
    unread: bool = False
    kind: str | None = None
    deadline: str | None = None


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a page should be, as far as the site file knows: used to notice that it is another page.
    `home` is the site's home address; `site_name`, `column_path` and the names of the `units` that owe the
    column are compared with the page's own."""

    home: str
    site_name: str = ""
    column_path: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name by which the page may call itself."""
        return (*self.column_path, *self.units)


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """What was really seen on one page: an outcome, the code of its cause, and the cause as one Chinese
    sentence for the user ("" where the page was read without trouble). `witness`: of an empty list, what proves it so."""

    outcome: Outcome
    cause: str = ""
    sentence: str = ""
    witness: str = ""
