"""The 26 试点领域 of 基层政务公开: names, what sites call them, who usually owes them (rules/vocabulary/fields.toml)."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("fields.toml")


@dataclass(frozen=True, slots=True)
class Field:
    """领域. `aliases` are without 领域; `departments` are keys of DEPARTMENTS; `deadline` is a hint in Chinese, not a threshold."""

    name: str
    aliases: tuple[str, ...]
    level1: tuple[str, ...]
    departments: tuple[str, ...]
    deadline: str

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


_TABLE = tomllib.loads(SOURCE.read_text(encoding="utf-8"))

FIELDS = tuple(
    Field(
        entry["name"], tuple(entry.get("aliases", ())), tuple(entry["level1"]), tuple(entry["departments"]), entry["deadline"]
    )
    for entry in _TABLE["fields"]
)  # fmt: skip
DEPARTMENTS: dict[str, tuple[str, ...]] = {
    name: tuple(parts) for name, parts in _TABLE["departments"].items()
}


def field_of(name: str) -> Field | None:
    """The field that goes by exactly this name (without 领域), or None."""
    return _BY_NAME.get(name)


_BY_NAME = {name: field for field in FIELDS for name in field.names}
