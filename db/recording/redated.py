"""Days that a list shows otherwise than the nights before, of one column in one crawl.

A posting's day is taken over when the reading closes, and not row by row: an index that is made anew may give every row the day
of that night, or none, and be right again the next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, bindparam, select, update

from db.tables.crawl import PostingRow

# So many days may be corrected by somebody's hand.
MOST_BY_HAND = 3
# Made once: composing a statement anew for every column costs more processor time than running it.
KNOWN_DAYS = select(PostingRow.identity, PostingRow.published, PostingRow.doubted_day).where(
    PostingRow.column_id == bindparam("column")
)


@dataclass(slots=True)
class Redating:
    """`known`: identity → the day that stands, and another that the last night showed and that was not believed; `new`: of
    postings met first in this crawl, the day entered; `shown`: the day that this crawl's pages show."""

    known: Mapping[str, tuple[date | None, date | None]]
    new: dict[str, date | None] = field(default_factory=dict)
    shown: dict[str, date | None] = field(default_factory=dict)

    def show(self, identity: str, day: date | None) -> None:
        """A row of a page; where several show one posting, the last one with a day tells."""
        self.shown[identity] = day or self.shown.get(identity)
        if identity not in self.known:
            self.new.setdefault(identity, day)

    @property
    def changed(self) -> dict[str, date | None]:
        """Identity → the day shown, of the postings known before that bore another."""
        met = self.shown.keys() & self.known.keys()
        return {one: self.shown[one] for one in met if self.shown[one] != self.known[one][0]}

    @property
    def is_sudden(self) -> bool:
        """Whether more days changed than by somebody's hand, and not to what the last night showed too."""
        changed = {one: day for one, day in self.changed.items() if self.known[one][0]}
        met = len(self.shown.keys() & self.known.keys())
        many = len(changed) * 4 > met and (len(changed) > MOST_BY_HAND or len(changed) == met > 1)
        confirmed = sum(day is not None and day == self.known[one][1] for one, day in changed.items())
        return many and 2 * confirmed <= len(changed)

    def take_over(self, connection: Connection, column: int) -> None:
        """The days shown stand from now on, and none is in doubt."""
        later = {one: self.shown[one] for one, day in self.new.items() if self.shown[one] != day}
        settled = {one for one, (_, doubted) in self.known.items() if doubted and one in self.shown}
        changed = self.changed | later | {one: self.shown[one] for one in settled}
        _enter(connection, column, {one: (day, None) for one, day in changed.items()})

    def doubt(self, connection: Connection, column: int) -> None:
        """The days known before stand; the others are remembered for the next night."""
        _enter(connection, column, {one: (self.known[one][0], day) for one, day in self.changed.items()})


def begin_redating(connection: Connection, column: int) -> Redating:
    """What is known of a column before the first page of a crawl is saved."""
    rows = connection.execute(KNOWN_DAYS, {"column": column})
    return Redating({identity: (published, doubted) for identity, published, doubted in rows})


def _enter(connection: Connection, column: int, days: Mapping[str, tuple[date | None, date | None]]) -> None:
    if not days:
        return
    change = (
        update(PostingRow.__table__)  # type: ignore[arg-type]
        .where(PostingRow.column_id == column, PostingRow.identity == bindparam("of"))
        .values(published=bindparam("day"), doubted_day=bindparam("doubted"))
    )
    rows = [{"of": one, "day": day, "doubted": doubted} for one, (day, doubted) in days.items()]
    connection.execute(change, rows)
