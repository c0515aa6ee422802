"""Events of a script laid over the county's archive: postings come and go, columns are emptied, letters arrive."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from demo.archive import Archive, Column, File, Letter, Posting
from demo.declared import HERE, read_columns, read_toml, read_units
from demo.roster import roster
from demo.writing import id_of, opened, ordinary

FIRST_ID = 950
Told = dict[str, Any]


def with_events(told: Told) -> Archive:
    """The county's archive with all that a script tells (demo/data/month.toml is one). Raises KeyError for a
    column that the county does not have."""
    archive = opened()
    came = [*ordinary(archive, _usual_days(archive, told)), *_scripted(archive, told)]
    letters = tuple(Letter(**letter) for letter in told["letters"])
    whole = replace(archive.add(came), letters=(*archive.letters, *letters))
    for emptied in told["emptied"]:
        whole = _emptied(whole, _column(archive, emptied), emptied["day"])
    return whole


def _column(archive: Archive, row: Told) -> Column:
    return archive.column(row["unit"], *row["path"])


def _usual_days(archive: Archive, told: Told) -> dict[int, list[date]]:
    """Column number → the days of its ordinary postings, each column on a weekday of its own; the last one where
    the script says when it came."""
    usual = told["usual"]
    ends = {_column(archive, row).no: row["last"] for row in usual["until"]}
    days = {}
    for number in _watched(archive):
        first, end = usual["from"] + timedelta(days=number % 5), ends.get(number, told["last"])
        every = [first + timedelta(days=n) for n in range(0, (end - first).days + 1, usual["every"])]
        days[number] = sorted({*every, end}) if number in ends else every
    return days


def _watched(archive: Archive) -> list[int]:
    """The columns of the month's site file, by their addresses."""
    site = read_toml(HERE / "month_site.toml")
    urls = {column.url for column in read_columns(site, read_units(site))}
    return [column.no for column in archive.columns if column.url in urls]


def _scripted(archive: Archive, told: Told) -> Iterator[Posting]:
    taken: defaultdict[int, int] = defaultdict(lambda: FIRST_ID)
    for row in _rows(told):
        column = _column(archive, row)
        posting = Posting(
            id_of(column, taken[column.no]), column.no, row["title"], row["day"], row["online"], column.owner,
            body=tuple(row.get("body", ())),
        )  # fmt: skip
        taken[column.no] += 1
        yield from _masked_later(posting, row) if "people" in row else (posting,)


def _rows(told: Told) -> Iterator[Told]:
    """One row a posting: a copied notice is spread over its columns."""
    yield from told["postings"]
    for copy in told["copies"]:
        for path in copy["paths"]:
            yield {**copy, "path": path, "online": copy["day"]}
    for named in told["rosters"]:
        yield {**named, "online": named["day"]}


def _masked_later(posting: Posting, row: Told) -> Iterator[Posting]:
    """One page twice: with a file of whole numbers, then with another of masked ones in its place."""
    for masked, first, gone in ((False, row["day"], row["masked_on"]), (True, row["masked_on"], None)):
        name = f"P{first:%Y%m%d}{posting.id % 1000}.xlsx"
        file = File(row["file"], name, roster(row["people"], masked=masked))
        yield replace(posting, online=first, gone=gone, files=(file,))


def _emptied(archive: Archive, column: Column, day: date) -> Archive:
    gone = (replace(p, gone=day) if p.column == column.no and p.online < day else p for p in archive.postings)
    return replace(archive, postings=tuple(gone))
