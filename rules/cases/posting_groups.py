"""Postings of a period taken together: how many remain once copies and reposts are grouped (padding), and those proved to
have come online later than their date (arrivals)."""

from collections.abc import Iterable, Sequence
from datetime import date

from rules.cases import ArrivalsCase, PaddingCase, PostingCase
from rules.dates.periods import Period


def padding_cases(items: Iterable[PostingCase], period: Period, as_of: date) -> list[PaddingCase]:
    """One case for each units that posted, over their own postings; and one for each text that several units
    posted, in which every unit's copies count once, since its own case counts them already. The postings have
    their `text` set."""
    by_units: dict[tuple[str, ...], list[PostingCase]] = {}
    by_text: dict[int, list[PostingCase]] = {}
    for item in items:
        if item.units:
            by_units.setdefault(item.units, []).append(item)
        if item.units and item.text is not None:
            by_text.setdefault(item.text, []).append(item)
    cases = [_padding("+".join(units), own, period, as_of) for units, own in by_units.items()]
    for copies in by_text.values():
        once = list({item.units: item for item in reversed(copies)}.values())[::-1]
        if len(once) > 1:
            cases.append(_padding(f"同文 {_title(once)}", once, period, as_of))
    return cases


def _padding(subject: str, items: Sequence[PostingCase], period: Period, as_of: date) -> PaddingCase:
    texts = _texts(items)
    widest = max(texts, key=lambda copies: len(_columns(copies)))
    return PaddingCase(
        subject=subject,
        units=tuple(dict.fromkeys(unit for item in items for unit in item.units)),
        unit_names="、".join(dict.fromkeys(item.unit_names for item in items)),
        as_of=as_of,
        period=period,
        raw=len(items),
        distinct=len(texts),
        own=sum(not any(item.repost for item in copies) for copies in texts),
        compared=sum(item.text is not None for item in items),
        copies=len(_columns(widest)),
        copied_title=_title(widest),
        copied_columns=tuple(_columns(widest)),
    )


def _texts(items: Sequence[PostingCase]) -> list[list[PostingCase]]:
    """The postings grouped by text; one that was not read is a group of its own."""
    gathered: dict[tuple[str, int], list[PostingCase]] = {}
    for index, item in enumerate(items):
        key = ("alone", index) if item.text is None else ("text", item.text)
        gathered.setdefault(key, []).append(item)
    return list(gathered.values())


def _columns(copies: Sequence[PostingCase]) -> list[str]:
    """Where the copies appear: a column of each unit by itself, a list that units share once."""
    return list(dict.fromkeys(_place(item) for item in copies))


def _place(item: PostingCase) -> str:
    return f"{'' if item.shared else item.unit_names}“{'›'.join(item.path)}”"


def _title(copies: Sequence[PostingCase]) -> str:
    return copies[0].title


def arrivals_cases(postings: Iterable[PostingCase], period: Period) -> list[ArrivalsCase]:
    """One case for each units and path that have postings dated in the period, in the order they first occur."""
    gathered: dict[tuple[tuple[str, ...], tuple[str, ...]], list[PostingCase]] = {}
    for posting in postings:
        if posting.units and posting.published is not None and posting.published in period:
            gathered.setdefault((posting.units, posting.path), []).append(posting)
    return [_arrivals(own, period) for own in gathered.values()]


def _arrivals(postings: list[PostingCase], period: Period) -> ArrivalsCase:
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
