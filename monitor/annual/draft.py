"""Drafting an annual report: the statutory form with what we counted filled in and the rest marked. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.counting.counts import EXTERNAL, Count
from monitor.annual.checks.claims import OwnCount
from monitor.annual.checks.forms import APPLICANTS, CARRIED, EARLIEST, LEFT, Form, form_for
from monitor.annual.checks.report import CellPlace, Report
from monitor.annual.year_facts import YearFacts
from monitor.wording import Total, status_label, total_of
from rules.cases.letter_figures import figures
from rules.errors import WrongInput
from rules.vocabulary.places import Site, Unit
from rules.vocabulary.terms import Exactness

BLANK = "待填"
MOST_FIELDS = 12  # fields named in one sentence


@dataclass(frozen=True, slots=True)
class FieldTotal:
    """Postings of one 领域 (or of a column outside the fields)."""

    name: str
    total: Total


@dataclass(frozen=True, slots=True)
class YearLetters:
    """Letters of the year; exact where every mailbox was read over the whole of it."""

    received: Total
    closed: Total


@dataclass(frozen=True, slots=True)
class Draft:
    """The content of a draft. `name` is whose report it is; `letters` is None where no mailbox was read;
    `cells` holds what of the tables is known, as text; `unread` are the duties whose number is not exact, with
    why."""

    name: str
    site: str
    year: int
    as_of: date
    form: Form
    total: Total
    fields: tuple[FieldTotal, ...]
    joint: tuple[Count, ...]
    letters: YearLetters | None
    unread: tuple[str, ...]
    cells: Mapping[CellPlace, str]

    def cell(self, table: int, row: str, column: str) -> str:
        """A cell's text: what is known, else 待填."""
        return self.cells.get(CellPlace(table, row, column), BLANK)

    @property
    def joint_number(self) -> int:
        """Postings of the duties that are shared with other units."""
        return sum(count.count or 0 for count in self.joint)

    @property
    def carried(self) -> bool:
        """Whether requests carried over from last year are filled in."""
        return any(place.table == 3 for place in self.cells)

    @property
    def title(self) -> str:
        return f"{self.name} {self.year} 年政府信息公开工作年度报告"


def compose_draft(facts: YearFacts, unit: Unit | None = None, last: Report | None = None) -> Draft:
    """The draft of a site's, or of one unit's, report. Raises WrongInput for a year without a common form."""
    form = form_for(facts.year)
    if form is None:
        raise WrongInput(f"{facts.year} 年还没有统一的年度报告格式（{EARLIEST} 年起才有），无法起草。")
    counts = [count for count in facts.counts if unit is None or unit.key in count.duty.units]
    own = [count for count in counts if unit is None or len(count.duty.units) == 1]
    return Draft(
        name=unit.name if unit else facts.site.name,
        site=facts.site.name,
        year=facts.year,
        as_of=facts.as_of,
        form=form,
        total=total_of(own),
        fields=tuple(_fields(own)),
        joint=tuple(count for count in counts if count not in own),
        letters=_letters(facts, unit),
        unread=tuple(_unread(counts)),
        cells=_carried(last),
    )


def own_count(facts: YearFacts, unit: Unit | None = None) -> OwnCount:
    """Our count of a year, for comparing with what a report claims."""
    own = [count for count in facts.counts if unit is None or count.duty.units == (unit.key,)]
    total, who = total_of(own), unit.name if unit else facts.site.name
    return OwnCount(total.number, total.exact and bool(own), who, facts.year, facts.as_of)


def unit_named(site: Site, name: str) -> Unit:
    """A unit by its id, name or alias. Raises WrongInput."""
    for unit in site.units:
        if name == unit.key or name in unit.names:
            return unit
    raise WrongInput(f"站点文件里没有单位“{name}”，请用单位的 id 或名称。")


def _fields(counts: Sequence[Count]) -> Iterator[FieldTotal]:
    """The largest fields first; those without postings are left out."""
    gathered: dict[str, list[Count]] = {}
    for count in counts:
        gathered.setdefault(count.column.field or count.column.path[0], []).append(count)
    fields = [FieldTotal(name, total_of(rows)) for name, rows in gathered.items()]
    yield from sorted((f for f in fields if f.total.number), key=lambda f: -f.total.number)[:MOST_FIELDS]


def _letters(facts: YearFacts, unit: Unit | None) -> YearLetters | None:
    """The year's letters: all, or those that name a unit."""
    if not any(facts.mailboxes):
        return None
    told = figures([letter for letter in facts.letters if unit is None or unit.key in letter.units])
    exact = all(each is Exactness.EXACT for each in facts.mailboxes)
    return YearLetters(Total(told.received, exact), Total(told.closed, exact and not told.unknown))


def _unread(counts: Sequence[Count]) -> Iterator[str]:
    for count in counts:
        if count.exactness is not Exactness.EXACT and count.status != EXTERNAL:
            yield f"{count.duty.label}“{'›'.join(count.column.path)}”：{status_label(count.status)}"


def _carried(last: Report | None) -> dict[CellPlace, str]:
    """二、上年结转 is last year's 四、结转下年度."""
    numbers = {column.key: last.number(3, LEFT.key, column.key) for column in APPLICANTS} if last else {}
    return {
        CellPlace(3, CARRIED.key, key): f"{number:f}" for key, number in numbers.items() if number is not None
    }
