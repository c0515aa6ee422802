"""From a list's rows to sightings: who each posting is, its day, and in a shared column whose it is.

What a row does not show is asked of a look-up: a nightly crawl opens the posting's own page, a proof opens the kept one,
discovery opens none. Which day is a posting's is settled in `posting_days`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from crawler.listing.identities import Identities
from crawler.listing.own_pages import read_posting
from crawler.page.page import Page
from crawler.page.values import Article, DayKind, Entry
from db.recording.pages import Sighting, Snapshot
from rules.vocabulary.places import Column
from rules.vocabulary.titles import is_cut, unpinned
from rules.vocabulary.unit_names import UnitMatcher

# What is known besides the row of the posting that bears an identity.
LookUp = Callable[[str], Sighting | None]
# Kinds of an article's days (crawler/readers/articles/article_days) that stand only where no day of publication does.
WEAK = frozenset({"stamp", "drawn_up"})


# Of the days that two rows of a posting show, the surest stands.
SUREST = (DayKind.PUBLISHED, DayKind.UNSURE, DayKind.YEARLESS, DayKind.OTHER)


@dataclass(frozen=True, slots=True)
class ListedPosting:
    """One posting of a page: its identity, and what its rows show of it together."""

    identity: str
    entry: Entry


def postings_of(entries: Sequence[Entry], identities: Identities) -> list[ListedPosting]:
    """The postings of a page, each once, in the order of their first rows: one that is pinned, or in a copy for small
    screens, stands there again. `identities` are those of the column, and learn."""
    found: dict[str, Entry] = {}
    for identity, entry in zip(identities.take(entries), entries, strict=True):
        title = unpinned(identities.title_of(identity) if is_cut(entry.title) else entry.title)
        whole = entry if title == entry.title else replace(entry, title=title)
        found[identity] = _together(found[identity], whole) if identity in found else whole
    return [ListedPosting(identity, entry) for identity, entry in found.items()]


def _together(one: Entry, other: Entry) -> Entry:
    """Two rows of one posting: the surest day and the source that either shows; of the titles that of a row with a day,
    not cut off, without marks such as [置顶]."""
    dated = min((one, other), key=lambda row: (row.date is None, SUREST.index(row.kind)))
    titled = min((one, other), key=lambda row: (row.date is None, is_cut(row.title), len(row.title)))
    source = one.source or other.source
    return replace(dated, title=titled.title, url=one.url or other.url, source=source)


def sightings_of(
    postings: Sequence[ListedPosting],
    days: Sequence[date | None],
    column: Column,
    unit_matcher: UnitMatcher,
    look_up: LookUp,
) -> list[Sighting]:
    """One sighting a posting, in order, with the days that `PostingDays` settled; `look_up`: what else is known of it."""
    return [
        _sighting(posting, day, column, unit_matcher, look_up)
        for posting, day in zip(postings, days, strict=True)
    ]


def shows_too_little(entry: Entry, column: Column) -> bool:
    """Whether a row leaves open its day, or whose it is where that counts."""
    return leaves_day_open(entry) or (column.shared and entry.source is None)


def leaves_day_open(entry: Entry) -> bool:
    """Whether the row shows no day, or one that is not surely that of publication: by its label, or because it cannot be."""
    return entry.date is None or entry.absurd or entry.kind is not DayKind.PUBLISHED


def seen_on_its_page(
    posting: ListedPosting, page: Page, keep: Callable[[], Snapshot | None]
) -> Sighting | None:
    """What a posting's own page tells of it, and that page as kept; None where it tells nothing."""
    article, outcome = read_posting(page)
    if not outcome.outcome.good or not (article.published or article.source):
        return None
    return _told(posting, article, keep())


def _told(posting: ListedPosting, article: Article, detail: Snapshot | None) -> Sighting:
    entry = posting.entry
    # What a page knows only by the day on which its document was made dates no posting whose row says the same.
    weak = entry.kind is DayKind.OTHER and WEAK.intersection(article.dates)
    day = None if weak else article.published
    return Sighting(posting.identity, entry.title, entry.url, day, article.source, detail=detail, told=True)


def _sighting(
    posting: ListedPosting, day: date | None, column: Column, unit_matcher: UnitMatcher, look_up: LookUp
) -> Sighting:
    entry = posting.entry
    known = look_up(posting.identity)
    source = entry.source or (known.source if known and shows_too_little(entry, column) else None)
    owner = unit_matcher.find(source) if column.shared else None
    mine = {key for duty in column.duties for key in duty.units}
    return Sighting(
        posting.identity,
        entry.title,
        entry.url,
        day,
        source,
        owner if owner in mine else None,
        known.detail if known else None,
        entry.absurd and day == entry.date,
    )
