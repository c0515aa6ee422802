"""Who wrote what when: the county's postings, made from demo/data by a generator that never changes its mind."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from demo.archive import Archive, Column, Posting, Unit
from demo.declared import (
    DATA,
    SITE_FILE,
    key_of,
    quarter_counts,
    read_columns,
    read_letters,
    read_table,
    read_toml,
    read_units,
)
from demo.wording import Words

QUARTER = (date(2023, 4, 1), date(2023, 6, 30))
MIDDLE = date(2023, 5, 8)
EARLIER = (date(2022, 1, 4), date(2022, 12, 30))
EARLY = (date(2023, 1, 3), date(2023, 3, 30))
ORDINARY = 800
EVE, MORROW = date(2023, 3, 31), date(2023, 7, 1)
TITLES = {"街道": "titles_streets", "部门": "titles_departments", "门户": "titles_portal"}


@cache
def opened() -> Archive:
    """The county's archive as the data tells it, before any event."""
    site = read_toml(SITE_FILE)
    units = read_units(site)
    columns = read_columns(site, units)
    postings = tuple(_write(columns, units))
    return Archive(site["name"], site["home"], units, columns, postings, read_letters())


def _write(columns: tuple[Column, ...], units: tuple[Unit, ...]) -> Iterator[Posting]:
    counts = quarter_counts()
    newest = {key_of(r, int(r["nth"])): r["newest"] for r in read_table("silent")}
    pinned = read_table("pinned")
    words = Words(units)
    for column in columns:
        count = counts[column.key]
        if count is None:
            continue
        rng = rng_of(f"column {column.no}")
        days = _days(rng, column.no, count) if count else _old_days(rng, newest[column.key])
        yield from _pinned(column, pinned, words)
        yield from _postings(rng, column, days, words)


def ordinary(archive: Archive, days: Mapping[int, Sequence[date]]) -> Iterator[Posting]:
    """Ordinary postings beyond the archive's own: column number → the days on which each says it came."""
    words = Words(archive.units)
    for number, when in days.items():
        rng = rng_of(f"more of column {number}")
        yield from _postings(rng, archive.columns[number], when, words, ORDINARY)


def rng_of(name: str) -> Random:
    """Chance that is the same on every machine."""
    return Random(name)  # noqa: S311


def _postings(
    rng: Random, column: Column, days: Sequence[date], words: Words, first: int = 0
) -> Iterator[Posting]:
    styles = _patterns(words.kind_of(column))["›".join(column.parts)]
    numbers: Counter[int] = Counter()
    for index, day in enumerate(days, start=first):
        numbers[day.year] += 1
        title = words.title(rng, styles, column, day, numbers[day.year])
        source = words.source(rng, column, title)
        yield Posting(id_of(column, index), column.no, title, day, day, source)


@cache
def _patterns(kind: str) -> dict[str, Any]:
    return read_toml(DATA / f"{TITLES[kind]}.toml")


def _pinned(column: Column, rows: list[dict[str, str]], words: Words) -> Iterator[Posting]:
    mine = [row for row in rows if key_of(row, 1) == column.key]
    for index, row in enumerate(mine):
        day = date.fromisoformat(row["date"])
        source = words.source(rng_of(row["title"]), column, row["title"])
        yield Posting(id_of(column, 900 + index), column.no, row["title"], day, day, source, pinned=True)


def id_of(column: Column, index: int) -> int:
    """Numbers up to 799 are the archive's, from 800 on ordinary ones beyond it, 900 to 949 pinned; a script of
    events takes the rest."""
    return (column.no + 100) * 1000 + index


def _days(rng: Random, no: int, count: int) -> list[date]:
    """`count` days in the quarter, at its very edges in some columns, with days before and after it."""
    inside = [*_workdays(rng, *QUARTER, count - 1), *_workdays(rng, MIDDLE, QUARTER[1], 1)]
    if no % 5 == 0 and count > 1:
        inside[0] = QUARTER[0]
    if no % 4 == 1:
        inside[-1] = QUARTER[1]
    before = _workdays(rng, *EARLIER, rng.randint(1, 4) + count) + _workdays(
        rng, *EARLY, rng.randint(1, 3) + count // 3
    )
    before += [EVE] * (no % 6 == 0)
    after = [MORROW + timedelta(days=no % 2)] * (no % 3 == 0)
    return sorted([*before, *inside, *after])


def _old_days(rng: Random, newest: str) -> list[date]:
    """Days of a column that fell silent: none at all, or some up to `newest`."""
    if not newest:
        return []
    last = date.fromisoformat(newest)
    return [*_workdays(rng, EARLIER[0], last - timedelta(days=20), rng.randint(1, 4)), last]


def _workdays(rng: Random, first: date, last: date, count: int) -> list[date]:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return sorted(rng.choices([day for day in days if day.weekday() < 5], k=count))
