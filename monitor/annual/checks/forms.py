"""The two statutory forms of an annual report, as forms.toml beside this module has them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Label:
    """A row or a column of a table: its key, its printed words, and the pattern that recognises it."""

    key: str
    words: str
    mark: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One block of table two: an item of 条例 article 20 with its own columns."""

    title: str
    heads: tuple[Label, ...]
    rows: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows of table three under one common label (（三）不予公开 …); `title` is "" for a row alone."""

    title: str
    rows: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One statutory form. `first` and `last` are the report years it is for (`last` None: still in force)."""

    key: str
    name: str
    basis: str
    first: int
    last: int | None
    clauses: tuple[Clause, ...]
    results: tuple[RowGroup, ...]

    @property
    def outcomes(self) -> tuple[Label, ...]:
        """Rows of 三、本年度办理结果 that （七）总计 adds up."""
        return tuple(row for group in self.results for row in group.rows)

    @property
    def request_rows(self) -> tuple[Label, ...]:
        """Every row of table three that holds numbers, in printed order."""
        return (NEW, CARRIED, *self.outcomes, DECIDED, LEFT)

    def rows(self, table: int) -> tuple[Label, ...]:
        """Every row of table 2, 3 or 4."""
        disclosed = tuple(row for clause in self.clauses for row in clause.rows)
        return {2: disclosed, 3: self.request_rows, 4: LAWSUITS}[table]

    def columns(self, table: int) -> tuple[Label, ...]:
        """Every column of table 2, 3 or 4."""
        heads = tuple(head for clause in self.clauses for head in clause.heads)
        return {2: heads, 3: APPLICANTS, 4: RULINGS}[table]


def _labels(table: str) -> tuple[Label, ...]:
    """A line a label: its key, its printed words, its mark; blanks between them."""
    return tuple(Label(*line.split()) for line in table.strip().splitlines())


def _groups(entries: Sequence[Mapping[str, str]]) -> tuple[RowGroup, ...]:
    return tuple(RowGroup(entry["title"], _labels(entry["rows"])) for entry in entries)


def _form(entry: Mapping[str, Any]) -> Form:
    return Form(
        key=entry["key"],
        name=entry["name"],
        basis=entry["basis"],
        first=entry["first"],
        last=entry.get("last"),
        clauses=tuple(Clause(c["title"], _labels(c["heads"]), _labels(c["rows"])) for c in entry["clauses"]),
        results=(*_groups(_TABLE["results"]), *_groups(entry["others"])),
    )


_TABLE = tomllib.loads(Path(__file__).with_name("forms.toml").read_text(encoding="utf-8"))
SECTIONS, APPLICANTS, LAWSUITS, RULINGS = (
    _labels(_TABLE[name]) for name in ("sections", "applicants", "lawsuits", "rulings")
)
NEW, CARRIED, DECIDED, LEFT = _labels(_TABLE["requests"])
FORMS = FORM_2019, FORM_2021 = tuple(map(_form, _TABLE["forms"]))
EARLIEST = FORM_2019.first


def form_for(year: int) -> Form | None:
    """The form that a report of a year must use; None before there was a common form."""
    return next((form for form in reversed(FORMS) if year >= form.first), None)


def form_named(key: str) -> Form:
    """The form of a key. StopIteration is a mistake in this program."""
    return next(form for form in FORMS if form.key == key)
