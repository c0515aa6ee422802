"""Deadlines of disclosure (公开期限): so many working days from 成文日期, by field, column and title (disclosure_deadlines.toml)."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from rules.vocabulary.fields import field_of

SOURCE = Path(__file__).with_name("disclosure_deadlines.toml")


@dataclass(frozen=True, slots=True)
class Deadline:
    """One line of the table. `fields` are names of the 26 试点领域; one of `titles` must stand in the title, or one of
    `columns` in a name of the column's path and none of `not_decisions` in its last or in the title; where all are empty,
    any posting."""

    name: str
    fields: tuple[str, ...]
    columns: tuple[str, ...]
    not_decisions: tuple[str, ...]
    titles: tuple[str, ...]
    workdays: int
    basis: str

    def fits(self, field: str, path: tuple[str, ...], title: str) -> bool:
        if self.fields and field not in self.fields:
            return False
        titled = any(word in title for word in self.titles)
        return titled or self._holds(path, title) or not (self.titles or self.columns)

    def _holds(self, path: tuple[str, ...], title: str) -> bool:
        listed = any(word in name for name in path for word in self.columns)
        return listed and not any(word in path[-1] or word in title for word in self.not_decisions)


def deadline_of(path: tuple[str, ...], title: str) -> Deadline:
    """The line of the table that a posting falls under; the last one fits everything."""
    known = field_of(path[0].removesuffix("领域")) if path else None
    field = known.name if known else ""
    return next(line for line in DEADLINES if line.fits(field, path, title))


DEADLINES = tuple(
    Deadline(
        entry["name"],
        tuple(entry.get("fields", ())),
        tuple(entry.get("columns", ())),
        tuple(entry.get("not_decisions", ())),
        tuple(entry.get("titles", ())),
        entry["workdays"],
        entry["basis"],
    )
    for entry in tomllib.loads(SOURCE.read_text(encoding="utf-8"))["deadlines"]
)
