"""From a list's rows to sightings: who each posting is, its day, and in a shared column whose it is.

What a row does not show is asked of a look-up: a nightly crawl opens the posting's own page, a proof opens the kept one,
discovery opens none. Which day is a posting's is settled in `posting_days`.
"""

from collections.abc import Callable, Sequence
from datetime import date

from crawler.outcomes.outcome import see_article
from crawler.page.addresses import identity_of
from crawler.page.page import Page
from crawler.page.values import Article, DayKind, Entry
from crawler.readers.articles.article import read_article
from db.recording.pages import Sighting, Snapshot
from rules.vocabulary.places import Column
from rules.vocabulary.unit_names import UnitMatcher

LookUp = Callable[[Entry], Sighting | None]
# Kinds of an article's days (crawler/readers/articles/article_days) that stand only where no day of publication does.
WEAK = frozenset({"stamp", "drawn_up"})


def sightings_of(
    entries: Sequence[Entry],
    days: Sequence[date | None],
    column: Column,
    unit_matcher: UnitMatcher,
    look_up: LookUp,
) -> list[Sighting]:
    """One sighting a row, in order, with the days that `PostingDays` settled. `look_up` returns what is known of a
    row's posting besides the row; it is asked only for rows that show too little."""
    return [
        _sighting(entry, day, column, unit_matcher, look_up) for entry, day in zip(entries, days, strict=True)
    ]


def shows_too_little(entry: Entry, column: Column) -> bool:
    """Whether a row leaves open its day, or whose it is where that counts."""
    return leaves_day_open(entry) or (column.shared and entry.source is None)


def leaves_day_open(entry: Entry) -> bool:
    """Whether the row shows no day, or one that is not surely that of publication."""
    return entry.date is None or entry.kind is not DayKind.PUBLISHED


def seen_on_its_page(entry: Entry, page: Page, keep: Callable[[], Snapshot | None]) -> Sighting | None:
    """What a posting's own page tells of it, and that page as kept; None where it tells nothing."""
    article = read_article(page)
    if not see_article(page, article, None).outcome.good or not (article.published or article.source):
        return None
    return _told(entry, article, keep())


def _told(entry: Entry, article: Article, witness: Snapshot | None) -> Sighting:
    identity = identity_of(entry.url, entry.title, entry.date)
    # What a page knows only by the day on which its document was made dates no posting whose row says the same.
    weak = entry.kind is DayKind.OTHER and WEAK.intersection(article.dates)
    day = None if weak else article.published
    return Sighting(identity, entry.title, entry.url, day, article.source, witness=witness, told=True)


def _sighting(
    entry: Entry, day: date | None, column: Column, unit_matcher: UnitMatcher, look_up: LookUp
) -> Sighting:
    known = look_up(entry) if shows_too_little(entry, column) else None
    source = entry.source or (known.source if known else None)
    owner = unit_matcher.find(source) if column.shared else None
    mine = {key for duty in column.duties for key in duty.units}
    return Sighting(
        identity_of(entry.url, entry.title, entry.date),
        entry.title,
        entry.url,
        day,
        source,
        owner if owner in mine else None,
        known.witness if known else None,
        entry.absurd and day == entry.date,
    )
