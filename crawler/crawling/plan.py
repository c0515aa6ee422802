"""What one crawl is to do, decided before the first request."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from crawler.platforms import PLATFORMS, Platform
from crawler.sites.hosts import Mirror, mirror_of
from db.recording.earlier_readings import Memory
from db.recording.pages import Sighting
from rules.dates.periods import quarter_before, quarter_of
from rules.errors import WrongInput
from rules.vocabulary.places import Column, Duty, Mailbox, Site
from rules.vocabulary.suggestions import did_you_mean

LETTER_HORIZON = timedelta(days=366)
# What a quarter still brought is often put up in the days after it, under its own date and so not on the first page.
SETTLING = timedelta(days=5)


@dataclass(frozen=True)
class Plan:
    """One crawl of a site as of a day. Columns are read back to `since`; `unit` (a key) narrows them to its
    own; `at` is a mirror's address. `known` and `answered` look up what earlier nights learnt."""

    site: Site
    as_of: date
    since: date
    unit: str | None = None
    at: str | None = None
    columns_before: dict[str, Memory] = field(default_factory=dict)
    known: Callable[[str], dict[str, Sighting]] = lambda _column: {}
    answered: Callable[[str], set[str]] = lambda _mailbox: set()
    platforms: Sequence[Platform] = PLATFORMS

    @property
    def mirror(self) -> Mirror | None:
        """Where the live site is read instead, if anywhere."""
        return mirror_of(self.site, self.at) if self.at else None

    @property
    def columns(self) -> list[Column]:
        """The columns to ask for: none that is kept elsewhere, each address once."""
        return columns_to_ask(self.site, self.unit)

    @property
    def mailboxes(self) -> list[Mailbox]:
        return list(self.site.mailboxes)

    @property
    def letters_since(self) -> date:
        """Letters of the last year are read whatever the period: an old unanswered one must not be missed."""
        return min(self.since, self.as_of - LETTER_HORIZON)

    def reliable(self, memory: Memory | None, since: date) -> bool:
        """Whether an unchanged first page may stand for the whole: the last reading was good, went back far
        enough, is not older than the site's `reread_days`, and was made since the last month (and so the last
        quarter) ended; and this is no night on which quarters are settled."""
        if memory is None or not memory.standing.good or memory.undated or not memory.read_through_on:
            return False
        age = (self.as_of - memory.read_through_on).days
        covered = memory.covered_since is not None and memory.covered_since <= since
        fresh = memory.read_through_on >= self.as_of.replace(day=1) and not _settles(self.as_of)
        return covered and fresh and 0 <= age < self.site.crawling.reread_days


def _settles(day: date) -> bool:
    """Whether a quarter is being settled: on its last day, and in the first days after it every list is read through."""
    quarter = quarter_of(day)
    return day == quarter.last or day < quarter.start + SETTLING


def columns_to_ask(site: Site, unit: str | None) -> list[Column]:
    """A site's columns that have a page of their own, or those that a unit (a key) owes."""
    return [c for c in site.columns if c.url and (unit is None or _owed(c.duties, unit))]


def default_since(as_of: date) -> date:
    """The start of the quarter before: a quarter is counted while it runs and after it has ended."""
    return quarter_before(quarter_of(as_of)).start


def unit_key(site: Site, name: str) -> str:
    """The key of a unit given by id, name or alias. Raises WrongInput."""
    for unit in site.units:
        if name in (unit.key, *unit.names):
            return unit.key
    known = [known for unit in site.units for known in (*unit.names, unit.key)]
    raise WrongInput(
        f"站点“{site.name}”没有 id、名称或别名为“{name}”的单位{did_you_mean(name, known)}，请查看站点文件中的 units。"
    )


def _owed(duties: tuple[Duty, ...], unit: str) -> bool:
    return any(unit in duty.units for duty in duties)
