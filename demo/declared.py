"""The county's units and columns, read from demo/site.toml: one file says them for the site and its watcher."""

import csv
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from demo.archive import Column, Letter, Unit

HERE = Path(__file__).parent
SITE_FILE = HERE / "site.toml"
DATA = HERE / "data"

Key = tuple[str, str, str, str, int]


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of demo/data/NAME.csv."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def read_units(site: dict[str, Any]) -> tuple[Unit, ...]:
    return tuple(
        Unit(u["id"], u["name"], u["kind"], tuple(u["aliases"]), u.get("email", "")) for u in site["units"]
    )


def read_columns(site: dict[str, Any], units: tuple[Unit, ...]) -> tuple[Column, ...]:
    cms = {row["owner"]: row["cms"] for row in read_table("cms")}
    says = {key_of(row, int(row["nth"])): row["says"] for row in read_table("silent") if row["says"]}
    ids = {name: unit.id for unit in units for name in (unit.name, *unit.aliases)}
    told: Counter[tuple[str, ...]] = Counter()
    columns: list[Column] = []
    for declared, owners, url in _spread(site, units):
        path = _full(declared["path"])
        told[(*owners, *path)] += 1
        nth = told[(*owners, *path)]
        unit_ids = tuple(ids[owner] for owner in owners if owner in ids)
        columns.append(
            Column(
                no=len(columns),
                owners=owners,
                unit_ids=unit_ids,
                path=path,
                nth=nth,
                url=url,
                cms=_cms(cms, unit_ids, path),
                outside=declared.get("outside", False),
                elsewhere=declared.get("elsewhere"),
                says=says.get(("、".join(owners), *path, nth), "暂无信息"),
            )
        )
    return tuple(columns)


def read_letters() -> tuple[Letter, ...]:
    return tuple(Letter(**letter) for letter in read_toml(DATA / "letters.toml")["letters"])


def key_of(row: dict[str, str], nth: int) -> Key:
    """A column's key from a row that names it (unit, field, level1, level2)."""
    return (row["unit"], row["field"], row["level1"], row["level2"], nth)


def quarter_counts() -> dict[Key, int | None]:
    """What each column published in 2023Q2, in the order of the bulletin; None: kept elsewhere."""
    counts: dict[Key, int | None] = {}
    for row in read_table("counts"):
        nth = 1
        while key_of(row, nth) in counts:
            nth += 1
        counts[key_of(row, nth)] = int(row["count"]) if row["status"] == "counted" else None
    office = read_toml(SITE_FILE)["office"]["name"]
    for row in read_table("portal"):
        counts[(office, "", row["column"], "", 1)] = int(row["count"])
    return counts


def _spread(
    site: dict[str, Any], units: tuple[Unit, ...]
) -> Iterator[tuple[dict[str, Any], tuple[str, ...], str | None]]:
    """Each column with its owners as printed and its address: one a unit where the file says `each`."""
    for declared in site["columns"]:
        url = declared.get("url")
        if "each" in declared:
            for unit in units:
                if unit.kind in declared["each"]:
                    yield declared, (unit.name,), url.replace("{unit}", unit.id)
        else:
            yield declared, tuple(declared.get("units", [site["office"]["name"]])), url


def _full(path: list[str]) -> tuple[str, str, str]:
    field, level1, level2 = (*path, "", "")[:3]
    return field, level1, level2


def _cms(table: dict[str, str], unit_ids: tuple[str, ...], path: tuple[str, str, str]) -> str:
    """A single unit's system comes first, then the field's or the column's own."""
    asked = (*(unit_ids if len(unit_ids) == 1 else ()), *path)
    return next(table[name] for name in asked if name in table)
