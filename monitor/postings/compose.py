"""A unit's counts with the postings behind each: what is listed as counted is as many as the count says. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.counting.counts import Count
from db.counting.posting_list import ListedPosting
from monitor.wording import Total, shown, total_of
from rules.dates.periods import Period
from rules.vocabulary.places import Unit

HEADS = ("责任单位", "栏目", "日期", "标题", "首次见到", "撤下", "链接", "快照编号", "快照")


@dataclass(frozen=True, slots=True)
class CountedList:
    """One count and its postings: those counted, and those withdrawn, which are not."""

    count: Count
    counted: tuple[ListedPosting, ...]
    withdrawn: tuple[ListedPosting, ...]

    @property
    def name(self) -> str:
        """县财政局“财政预决算领域›部门预算”：3 条"""
        number = shown(self.count)
        figure = f"{number} 条" if self.count.count is not None else number
        gone = f"，另有 {len(self.withdrawn)} 条已撤下，不计" if self.withdrawn else ""
        return f"{self.count.name}：{figure}{gone}"


@dataclass(frozen=True, slots=True)
class PostingLists:
    """The lists of one unit (of some of its columns) in one period."""

    unit: Unit
    period: Period
    as_of: date
    lists: tuple[CountedList, ...]

    @property
    def total(self) -> Total:
        return total_of(each.count for each in self.lists)


def compose_lists(
    unit: Unit, period: Period, as_of: date, counts: Iterable[Count], postings: Sequence[ListedPosting]
) -> PostingLists:
    """The lists of these counts, which are the unit's own or joint."""
    mine: dict[tuple[str, str], list[ListedPosting]] = {}
    for posting in postings:
        mine.setdefault((posting.column, posting.owner), []).append(posting)
    lists = (
        _list(count, mine.get((count.column.key, count.duty.key if count.column.shared else ""), []))
        for count in counts
    )
    return PostingLists(unit, period, as_of, tuple(lists))


def _list(count: Count, postings: Sequence[ListedPosting]) -> CountedList:
    counted = tuple(each for each in postings if each.counted)
    return CountedList(count, counted, tuple(each for each in postings if each.withdrawn_on))


def rows_of(composed: PostingLists) -> list[tuple[str | int | None, ...]]:
    """The rows below HEADS, the withdrawn ones of each column last."""
    return [
        (each.count.duty.label, "›".join(each.count.column.path), _iso(posting.published), posting.title,
         _iso(posting.first_seen), _iso(posting.withdrawn_on), posting.url, posting.snapshot_id, posting.snapshot)
        for each in composed.lists
        for posting in (*each.counted, *each.withdrawn)
    ]  # fmt: skip


def as_json(composed: PostingLists) -> dict[str, Any]:
    """For programs: the counts as `gongkai count --json` gives them, each with its postings."""
    total = composed.total
    return {
        "unit": composed.unit.key, "name": composed.unit.name, "period": composed.period.key,
        "as_of": composed.as_of, "total": total.number if total.read else None, "exact": total.exact,
        "counts": [
            each.count.row | {"postings": [_facts(posting) for posting in (*each.counted, *each.withdrawn)]}
            for each in composed.lists
        ],
    }  # fmt: skip


def _facts(posting: ListedPosting) -> dict[str, Any]:
    return {
        "title": posting.title, "published": posting.published, "first_seen": posting.first_seen,
        "withdrawn_on": posting.withdrawn_on, "counted": posting.counted, "url": posting.url,
        "snapshot_id": posting.snapshot_id, "snapshot": posting.snapshot,
    }  # fmt: skip


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
