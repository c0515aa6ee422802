"""Cases of columns: one duty on one day."""

from dataclasses import dataclass
from datetime import date

from rules.cases.subjects import Case
from rules.dates.periods import Period
from rules.vocabulary.column_kinds import ColumnKind
from rules.vocabulary.places import NOTHING, Reference
from rules.vocabulary.terms import Exactness, Outcome


@dataclass(frozen=True, slots=True)
class ColumnCase(Case):
    """One duty on one day. `outcome` is the standing of the column (None: never visited). `postings` is how
    many the column holds in all as far as seen, `newest` the newest date, not after `as_of` (of a posting that
    bears a day in the future, the night that first saw it). `count` and `exactness` are those of `period`; both None
    where nothing could be read. `whole`: the list was read to its very end, so that nothing can hide beyond.

    Of the sub-columns (a path that begins with its own, and a unit in common; of the portal's columns, anybody's):
    `newest_below`, `postings_below` and `count_below` (in the period); `unread_below` if any of them was not well read,
    `elsewhere_below` if any is kept on another site. `kind` is the site file's where the names mislead. `gap` is the longest
    stretch between two neighbouring postings of which the later falls in the period, within what was read whole
    (`rules.cases.update_windows`). `covered_since`: from this day on the list is known whole (None: not at all), also where it
    was read only in part. `withdrawn`: postings of the period that stood on the site once and do no longer. `due`: month and
    day by which an annual column has this year's posting.
    `first_level`: a 一级栏目, with no name below it. `read_on`: the last day on which it and its sub-columns were asked for,
    where that was before `as_of` (None: it was on that day)."""

    path: tuple[str, ...]
    as_of: date
    outcome: Outcome | None
    url: str = ""
    first_level: bool = True
    elsewhere: bool = False
    shared: bool = False
    whole: bool = False
    postings: int = 0
    newest: date | None = None
    undated: int = 0
    cycle: int | None = None
    due: tuple[int, int] | None = None
    period: Period | None = None
    count: int | None = None
    exactness: Exactness | None = None
    newest_below: date | None = None
    postings_below: int = 0
    count_below: int = 0
    unread_below: bool = False
    elsewhere_below: bool = False
    kind: ColumnKind | None = None
    gap: tuple[date, date] | None = None
    covered_since: date | None = None
    withdrawn: int = 0
    read_on: date | None = None
    about: Reference = NOTHING

    @property
    def title(self) -> str:
        return "›".join(self.path)

    @property
    def looked_on(self) -> date:
        """The day up to which its silence was seen: nobody is late for days on which we did not look."""
        return self.read_on or self.as_of

    @property
    def page(self) -> str:
        """A key of the page itself, the same for all its duties."""
        return self.url or self.title

    @property
    def well_read(self) -> bool:
        """The column is on this site, and the whole of what was asked for was seen."""
        return self.outcome is not None and self.outcome.good and not self.elsewhere

    def read_back_to(self, day: date) -> bool:
        """All from that day on was read; a column that is empty is known whole."""
        return self.well_read and self.covered_since is not None and self.covered_since <= day

    @property
    def read_to_newest(self) -> bool:
        """What is known of the newest posting is true: all was read, or all from that posting's day on."""
        if self.well_read or self.elsewhere or self.outcome is not Outcome.PARTIAL:
            return self.well_read
        return (
            self.newest is not None and self.covered_since is not None and self.covered_since <= self.newest
        )
