"""Whether days with a label like 更新时间 or 发文日期 are those of publication: many sites mean that, others change them
with every edit. Pure.

They are believed where some articles say the same and nothing speaks against it: no article, no address, and no row that
stands among newer ones than its number.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from crawler.page.addresses import split
from crawler.page.dates import find_compact, find_date
from crawler.page.longest_run import longest_run
from crawler.page.values import DayKind, Entry

# Articles that must agree with a page before its days are believed.
ENOUGH = 2
# A day that so many rows share may be that of an edit or of a move of the whole site.
REPEATED = 3
_NUMBER = re.compile(r"\d+")

Told = Mapping[int, date | None]


def contradicted(rows: Sequence[Entry], told: Told) -> bool:
    """Whether an article names another day than its row."""
    return any(day and day != rows[at].date for at, day in told.items() if rows[at].kind is DayKind.UNSURE)


def vouched(rows: Sequence[Entry]) -> set[int]:
    """The rows whose own address carries their day."""
    return {at for at in _unsure(rows) if _in_address(rows[at]) == rows[at].date}


def believed(rows: Sequence[Entry], told: Told) -> set[int]:
    """The rows whose day may be taken for that of publication, if nothing on the list's pages before was
    contradicted. `told`: what their own pages tell, by row."""
    unsure = _unsure(rows)
    return vouched(rows) if _lacking(rows, told) else set(unsure) - _doubted(rows, unsure)


def sample_to_ask(rows: Sequence[Entry], told: Told, suspected: Collection[int]) -> int | None:
    """The next article to compare with its row: each that is doubted here or `suspected` by earlier nights, one of the
    days that many rows share, then from the oldest on until enough agree."""
    unsure = _unsure(rows)
    doubted = (_doubted(rows, unsure) | {at for at in unsure if at in suspected}) - told.keys()
    if doubted:
        return min(doubted)
    days = Counter(rows[at].date for at in unsure)
    shared = [at for at in unsure if days[rows[at].date] >= REPEATED]
    if shared and told.keys().isdisjoint(shared):
        return shared[-1]
    unasked = sorted(set(unsure) - vouched(rows) - told.keys())
    return unasked[-1] if unasked and _lacking(rows, told) else None


def _unsure(rows: Sequence[Entry]) -> list[int]:
    return [at for at, row in enumerate(rows) if row.kind is DayKind.UNSURE]


def _lacking(rows: Sequence[Entry], told: Told) -> int:
    """How many articles must still agree."""
    unsure = _unsure(rows)
    alone = len(unsure) - len(vouched(rows))
    return max(0, min(ENOUGH, alone) - sum(told.get(at) == rows[at].date for at in unsure))


def _in_address(row: Entry) -> date | None:
    """The whole day that the row's address carries."""
    path = split(row.url).path if row.url else ""
    return find_date(path) or find_compact(path)


def _doubted(rows: Sequence[Entry], unsure: Sequence[int]) -> set[int]:
    """Rows whose address names another day, or none while its number stands out of order: numbers grow with
    publication, not with edits."""
    bare = [at for at in unsure if _in_address(rows[at]) is None]
    numbers = {at: int(found[-1][-15:]) for at in bare if (found := _NUMBER.findall(rows[at].url or ""))}
    # Of one day's rows the order says nothing.
    ranked = sorted(numbers, key=lambda at: (rows[at].date or date.min, numbers[at]))
    ordered = {ranked[place] for place in longest_run([numbers[at] for at in ranked])}
    elsewhere = {at for at in unsure if _in_address(rows[at]) not in (None, rows[at].date)}
    return elsewhere | (set(bare) - ordered)
