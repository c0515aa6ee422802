"""Deadlines of disclosure (公开期限): so many working days from 成文日期, by field and title (rules/dates/disclosure_deadlines.toml)."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from rules.vocabulary.fields import field_of

SOURCE = Path(__file__).with_name("disclosure_deadlines.toml")


@dataclass(frozen=True, slots=True)
class Deadline:
    """One line of the table. `fields` are names of the 26 试点领域, one of `titles` must stand in the title;
    empty means any."""

    name: str
    fields: tuple[str, ...]
    titles: tuple[str, ...]
    workdays: int
    basis: str

    def fits(self, field: str, title: str) -> bool:
        return (not self.fields or field in self.fields) and (
            not self.titles or any(word in title for word in self.titles)
        )


def deadline_of(path: tuple[str, ...], title: str) -> Deadline:
    """The line of the table that a posting falls under; the last one fits everything."""
    known = field_of(path[0].removesuffix("领域")) if path else None
    field = known.name if known else ""
    return next(line for line in DEADLINES if line.fits(field, title))


DEADLINES = tuple(
    Deadline(entry["name"], tuple(entry["fields"]), tuple(entry["titles"]), entry["workdays"], entry["basis"])
    for entry in tomllib.loads(SOURCE.read_text(encoding="utf-8"))["deadlines"]
)
