"""Arrivals: postings proved to have come online later than their date, grouped by duty and period."""

from collections.abc import Iterable
from datetime import date

from rules.cases import ArrivalsCase, PostingCase
from rules.dates.periods import Period


def arrivals_cases(postings: Iterable[PostingCase], period: Period) -> list[ArrivalsCase]:
    """One case for each units and path that have postings dated in the period, in the order they first occur."""
    gathered: dict[tuple[tuple[str, ...], tuple[str, ...]], list[PostingCase]] = {}
    for posting in postings:
        if posting.units and posting.published is not None and posting.published in period:
            gathered.setdefault((posting.units, posting.path), []).append(posting)
    return [_case(own, period) for own in gathered.values()]


def _case(postings: list[PostingCase], period: Period) -> ArrivalsCase:
    first = postings[0]
    late = [posting for posting in postings if posting.published and (posting.late_by or 0) > 0]
    return ArrivalsCase(
        subject=f"{'+'.join(first.units)} {'›'.join(first.path)}",
        units=first.units,
        unit_names=first.unit_names,
        path=first.path,
        as_of=first.as_of,
        period=period,
        postings=len(postings),
        arrivals=tuple(sorted(late, key=lambda posting: (posting.published or date.min, posting.title))),
    )
