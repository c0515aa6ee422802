"""An annual report as parsed: headings, prose, and the numbered cells of its three tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from monitor.annual.checks.forms import (
    FORM_2021,
    FORMS,
    SECTIONS,
    Form,
    Label,
    form_for,
    form_named,
)

# What drafts write where the unit itself must fill in a number.
TO_FILL = frozenset({"待填", "待补", "待定", "待核", "【待填】"})
TABLES = {2: "表二", 3: "表三", 4: "表四"}


@dataclass(frozen=True, slots=True)
class ReportCell:
    """One cell as printed. `number` is None where it is blank (`text` "") or holds something else (“/”)."""

    text: str
    number: Decimal | None = None

    @property
    def unfilled(self) -> bool:
        """Whether it says that it is still to be filled in."""
        return self.number is None and self.text in TO_FILL

    @property
    def blank(self) -> bool:
        return self.number is None and not self.text


@dataclass(frozen=True, slots=True, order=True)
class CellPlace:
    """The place of a cell: table 2, 3 or 4, the keys of its row and its column (see `monitor.annual.checks.forms`)."""

    table: int
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class SectionHeading:
    """A section's heading: which of the six it is (1–6), the numeral it carries (None: none), its words. `lower`:
    the numeral is in brackets, as those of a lower level are."""

    section: int
    ordinal: int | None
    words: str
    lower: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the prose. `section` is 1–6, or 0 before the first heading; `paragraph` counts from 0."""

    section: int
    paragraph: int
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """年度报告. `form` is a key of `FORMS` or None; `kind` is docx, xlsx, html, pdf or txt; `period_year` the year of
    the stated 统计期限. `ragged` are rows (table, key) whose numbers could not be told apart by column.
    `grids` and `pictures` are the sections that hold tables or pictures, read or not."""

    title: str = ""
    unit: str = ""
    year: int | None = None
    period_year: int | None = None
    form: str | None = None
    kind: str = "txt"
    published: date | None = None
    headings: tuple[SectionHeading, ...] = ()
    prose: tuple[Sentence, ...] = ()
    cells: Mapping[CellPlace, ReportCell] = field(default_factory=dict)
    ragged: frozenset[tuple[int, str]] = frozenset()
    grids: frozenset[int] = frozenset()
    pictures: frozenset[int] = frozenset()

    @property
    def expected(self) -> Form | None:
        """The form whose rows the tables are checked against: the one they follow, else the one of the year."""
        return form_named(self.form) if self.form else self.due_form

    @property
    def due_form(self) -> Form | None:
        """The form of the report's year."""
        return form_for(self.year) if self.year else None

    @property
    def structured(self) -> bool:
        """Whether the format marks where cells end, so that an absent cell is really absent."""
        return self.kind in ("docx", "html", "xlsx")

    def section_named(self, section: int) -> SectionHeading | None:
        return next((heading for heading in self.headings if heading.section == section), None)

    def text_of(self, section: int) -> str:
        return "".join(sentence.text for sentence in self.prose if sentence.section == section)

    def number(self, table: int, row: str, column: str) -> Decimal | None:
        """The number in a cell; None where there is no such cell or no number in it."""
        cell = self.cells.get(CellPlace(table, row, column))
        return cell.number if cell else None

    def row_words(self, table: int, row: str) -> str:
        """A row's label as the report's form prints it, without the explanation in brackets."""
        return words_of((self.expected or FORM_2021).rows(table), row).split("（区分")[0]

    def place_words(self, place: CellPlace) -> str:
        """A cell's place in words: 表三“（一）予以公开”自然人."""
        column = words_of((self.expected or FORM_2021).columns(place.table), place.column)
        return f"{TABLES[place.table]}“{self.row_words(place.table, place.row)}”{column}"

    @property
    def strange_rows(self) -> tuple[Label, ...]:
        """Rows of table three that neither form has, as the report labels them."""
        known = {row.key for form in FORMS for row in form.request_rows}
        found = dict.fromkeys(p.row for p in self.cells if p.table == 3 and p.row not in known)
        return tuple(Label(key, key, "") for key in found)

    def has_row(self, table: int, row: str) -> bool:
        return any(place.table == table and place.row == row for place in self.cells)


def words_of(labels: tuple[Label, ...], key: str) -> str:
    """The printed words of a label; its key where there is no such label."""
    return next((label.words for label in labels if label.key == key), key)


def section_words(section: int) -> str:
    """The title of one of the six sections, 1–6."""
    return SECTIONS[section - 1].words
