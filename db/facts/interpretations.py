"""Pairs of a policy document and its interpretations (政策解读), both among the postings of a period, by what an
interpretation's title names; and documents that have none."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from db.facts.postings import OwnedRow, PeriodPostings, is_own, owned_rows
from rules.cases import ColumnCase, DocumentCase, PairedCase
from rules.dates.workdays import Calendar
from rules.vocabulary.interpretations import interpreted, is_document, is_normative, may_interpret
from rules.vocabulary.places import Reference
from rules.vocabulary.white_space import squeeze


def paired_cases(ledger: PeriodPostings, calendar: Calendar) -> Iterator[PairedCase]:
    """One case for each title of a pair: copies of a posting in several columns are one."""
    owned = list(owned_rows(ledger))
    by_name: dict[str, list[OwnedRow]] = {}
    for one in owned:
        if named := interpreted(one[0].title):
            by_name.setdefault(named, []).append(one)
    for named, interpretations in by_name.items():
        documents = [one for one in owned if is_document(one[0].title, named)]
        if documents:
            interpretations.sort(key=lambda one: one[0].published)
            documents.sort(key=lambda one: one[0].published)
            for number, copies in enumerate(_by_title(interpretations)):
                case = _case(ledger, calendar, copies, documents, named)
                yield _as(case, interprets=True, first=number == 0)
            for copies in _by_title(documents):
                yield _as(_case(ledger, calendar, copies, interpretations, named), interprets=False)


def document_cases(
    ledger: PeriodPostings, columns: Sequence[ColumnCase], calendar: Calendar
) -> Iterator[DocumentCase]:
    """One case a normative document of a unit's own; copies of one in several columns are one."""
    owned = list(owned_rows(ledger))
    titles = [row.title for row, _, _ in owned]
    places = [column for column in columns if column.path and "解读" in column.path[-1]]
    documents = [
        one
        for one in owned
        if is_own(one[0], one[2]) and is_normative(one[1].path, one[0].document_number or "", one[0].title)
    ]
    for copies in _by_title(documents):
        title, published = copies[0][0].title, _earliest(copies)
        looks = [(each.facts or {}).get("related") for each, _, _ in copies]
        yield DocumentCase(
            **_about(ledger, calendar, copies[0]),
            published=published,
            interpreted=any(look and _says_interpreted(look, title) for look in looks)
            or any(may_interpret(each, title) for each in titles if squeeze(each) != squeeze(title)),
            read=all(looks) and bool(places) and all(_read_back(place, published) for place in places),
        )


def _says_interpreted(related: Any, document: str) -> bool:
    """Whether a document's own page leads to what may be its interpretation."""
    return bool(related["named"]) or any(may_interpret(title, document) for title in related["titles"])


def _read_back(column: ColumnCase, day: date) -> bool:
    return (
        column.read_on is None and column.read_back_to(day) and not column.undated and not column.unread_below
    )


def _as(case: dict[str, Any], *, interprets: bool, first: bool = False) -> PairedCase:
    return PairedCase(**case, interprets=interprets, first=first)


def _by_title(rows: Sequence[OwnedRow]) -> list[list[OwnedRow]]:
    titles: dict[str, list[OwnedRow]] = {}
    for one in rows:
        titles.setdefault(squeeze(one[0].title), []).append(one)
    return list(titles.values())


def _case(
    ledger: PeriodPostings,
    calendar: Calendar,
    copies: Sequence[OwnedRow],
    others: Sequence[OwnedRow],
    named: str,
) -> dict[str, Any]:
    """What the copies of one posting and those of the other side tell; the first copy whose page was read stands for them."""
    looks = [_leads(row.facts, [other for other, _, _ in others], named) for row, _, _ in copies]
    known = [look for look in looks if look is not None]
    stands = copies[looks.index(False)] if False in looks else copies[0]
    return _about(ledger, calendar, stands) | {
        "other": others[0][0].title,
        "published": _earliest(copies),
        "other_published": _earliest(others),
        "linked": any(known) if known else None,
    }


def _about(ledger: PeriodPostings, calendar: Calendar, one: OwnedRow) -> dict[str, Any]:
    """What every case of a posting says of it."""
    row, column, duty = one
    return {
        "subject": f"{column.key} {row.identity}",
        "units": duty.units,
        "unit_names": duty.label,
        "path": column.path,
        "title": row.title,
        "as_of": ledger.as_of,
        "calendar": calendar,
        "url": row.url or "",
        "about": Reference(column=row.column, identity=row.identity),
    }


def _earliest(rows: Sequence[OwnedRow]) -> date:
    day: date = min(row.published for row, _, _ in rows)
    return day


def _leads(facts: Any, others: Sequence[Any], named: str) -> bool | None:
    """Whether a page leads to one of these postings, by its address, its title or its name; None where its links are not known."""
    related = (facts or {}).get("related")
    if related is None:
        return None
    addresses = set(related["addresses"])
    # A posting keeps its first identity, whatever becomes of its address.
    now = ((other.url or "").partition("://")[2].removeprefix("www.") for other in others)
    met = any(other.identity in addresses for other in others) or any(url in addresses for url in now)
    return related["named"] or met or any(named in title for title in related["titles"])
