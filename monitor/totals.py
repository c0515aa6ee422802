"""Counts and their sums, and how every paper prints them. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from db.counting.counts import EXTERNAL, Count
from rules.vocabulary.terms import OUTCOME_LABELS, Exactness, Outcome


@dataclass(frozen=True, slots=True)
class Total:
    """A sum; `exact` when every part is. `read`: anything of it was read; `external`: all of it is elsewhere."""

    number: int
    exact: bool
    read: bool = True
    external: bool = False

    def __str__(self) -> str:
        return f"{self.number}" if self.exact else f"至少 {self.number}"


def total_of(counts: Iterable[Count], sure: bool = True) -> Total:
    """The sum of counts; external columns add nothing and take nothing from exactness."""
    counts = list(counts)
    own = [count for count in counts if count.status != EXTERNAL]
    return Total(
        sum(c.count or 0 for c in own),
        sure and all(c.exactness is Exactness.EXACT for c in own),
        read=not own or any(c.count is not None for c in own),
        external=bool(counts) and not own,
    )


def status_label(status: str) -> str:
    """An outcome's Chinese word; external and never visited have theirs."""
    words = {EXTERNAL: "外部网站", "": "未采集"}
    return words.get(status) or OUTCOME_LABELS[Outcome(status)]


def shown(count: Count) -> str | int:
    """A count as printed: a number, 至少 n, 未读取, or the external note."""
    if count.column.elsewhere:
        return count.column.elsewhere
    if count.count is None:
        return "未读取"
    return count.count if count.exactness is Exactness.EXACT else f"至少 {count.count}"


def shown_total(total: Total) -> str | int:
    """A sum as printed; where nothing was read, or all of it is elsewhere, there is no number."""
    if total.external:
        return "—"
    if not total.read:
        return "未读取"
    return total.number if total.exact else f"{total}"
