"""A list that stands twice on its page, for wide screens and for narrow ones, or that shows some rows again elsewhere:
what one copy of a row leaves out another may show."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from crawler.page.addresses import folder_of
from crawler.page.marks import SUREST
from crawler.page.tokens import TokenStream
from crawler.page.values import DayKind, Entry
from crawler.readers.lists.entries import make_entries
from crawler.readers.lists.groups import Group, dated_groups
from crawler.readers.lists.page_context import PageContext
from crawler.readers.lists.place import belongs
from rules.vocabulary.titles import is_cut, same_title, title_key

# Of two rows alone it cannot be said that they are copies.
FEWEST_COPIED = 2


def whole_list(
    stream: TokenStream,
    group: Group,
    groups: Sequence[Group],
    context: PageContext,
    base: str,
    as_of: date | None,
) -> Group:
    """The group, or the longer one of the page's `groups` of which it is a copy: each of its rows stands there too, at
    another address, or all of that one's rows lie in the column's folder. The rows that it lacks must lie where the
    copied ones do, and under no other block's heading: a list of many columns' news holds a column's rows as well, and
    is none of its."""
    apart = (one for one in groups if one.end <= group.start or group.end <= one.start)
    longer = [one for one in apart if len(one.rows) > len(group.rows) and belongs(stream, context, one.start)]
    if not longer or len(group.rows) < FEWEST_COPIED:
        return group
    mine = make_entries(stream, group, base, as_of)
    whole = [one for one in longer if _holds(make_entries(stream, one, base, as_of), mine, context.folder)]
    return max(whole, key=lambda one: len(one.rows), default=group)


def _holds(longer: Sequence[Entry], copies: Sequence[Entry], own: tuple[str, ...]) -> bool:
    """Whether the longer list holds every copied row, and nothing of another place."""
    twins = [
        next((one for one in longer if one.date == copy.date and _one_title(one, copy)), None)
        for copy in copies
    ]
    found = [(copy, twin) for copy, twin in zip(copies, twins, strict=True) if twin is not None]
    if not found or len(found) < len(copies):
        return False
    places = {folder_of(one.url or "") for one in longer}
    owned = bool(own) and all(place[: len(own)] == own for place in places)
    elsewhere = all(copy.url != twin.url for copy, twin in found)
    return owned or (elsewhere and places == {folder_of(twin.url or "") for _, twin in found})


def with_copies(
    stream: TokenStream, group: Group, entries: tuple[Entry, ...], base: str, as_of: date | None
) -> tuple[Entry, ...]:
    """The group's entries, each with the surer day and the whole title that another group shows at its address."""
    if all(map(_says_all, entries)):
        return entries
    others = (one for one in dated_groups(stream) if one.end <= group.start or group.end <= one.start)
    shown = [entry for other in others for entry in make_entries(stream, other, base, as_of)]
    times = Counter(entry.url for entry in entries)
    return tuple(
        _completed(entry, [one for one in shown if one.url == entry.url and _one_title(one, entry)])
        if entry.url and times[entry.url] == 1
        else entry
        for entry in entries
    )


def _says_all(entry: Entry) -> bool:
    return entry.date is not None and entry.kind is DayKind.PUBLISHED and not is_cut(entry.title)


def _completed(entry: Entry, copies: Sequence[Entry]) -> Entry:
    surest = min((entry, *_fitting(entry, copies)), key=_doubt)
    whole = (
        max((entry, *copies), key=lambda one: (not is_cut(one.title), len(one.title)))
        if is_cut(entry.title)
        else entry
    )
    return replace(entry, title=whole.title, date=surest.date, kind=surest.kind, absurd=surest.absurd)


def _fitting(entry: Entry, copies: Sequence[Entry]) -> Iterator[Entry]:
    """The copies whose day is no other than the row's."""
    for one in copies:
        same = (
            entry.date and one.date and (entry.date.month, entry.date.day) == (one.date.month, one.date.day)
        )
        if entry.date is None or entry.kind is not DayKind.YEARLESS or same:
            yield one


def _doubt(entry: Entry) -> int:
    return SUREST.index(entry.kind) if entry.date else len(SUREST)


def _one_title(one: Entry, other: Entry) -> bool:
    return same_title(title_key(one.title), title_key(other.title))
