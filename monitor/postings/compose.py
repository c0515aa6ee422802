"""A unit's counts with the postings behind each: what is listed as counted is as many as the count says. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.counting.counts import Count
from db.counting.posting_list import CountedList, ListedPosting, counted_lists
from monitor.wording import Total, shown, total_of
from rules.dates.periods import Period
from rules.vocabulary.places import Unit


def name_of(listed: CountedList) -> str:
    """县财政局“财政预决算领域›部门预算”：3 条"""
    number = shown(listed.count)
    figure = f"{number} 条" if listed.count.count is not None else number
    gone = f"，另有 {len(listed.withdrawn)} 条已撤下，不计" if listed.withdrawn else ""
    return f"{listed.count.name}：{figure}{gone}"


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
    return PostingLists(unit, period, as_of, counted_lists(counts, postings))


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
