"""Who the rows of one column's list are: which of them are one posting, and which posting of an earlier night.

An address alone tells neither: an outside system gives every row one address, and one posting stands under several where
addresses carry a page's number, a token, a session, or lie in a second copy of the site. So a posting is known by title
and day as well:

- one address, one title and day: one posting;
- one address, other titles or days: as many postings, unless the one of an earlier night was merely edited;
- one title and day, several addresses: one posting where what the addresses have in common belongs, in this list, to this
  title and day alone, and what they differ in says by its name no posting. Decisions of one day that bear one title
  differ in their ids, and stay as many as they are.

A posting keeps the identity under which it was first seen, whatever becomes of its address."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from crawler.listing.list_addresses import ListAddresses, Told, alike
from crawler.page.addresses import plain_address, text_digest
from crawler.page.posting_address import PostingAddress, take_apart
from crawler.page.values import Entry
from db.recording.pages import Sighting
from rules.scanners.masking import EVERYTHING, masked, masked_address
from rules.vocabulary.titles import CUT, SHORTEST_STEM, title_key


@dataclass(slots=True, eq=False)
class Posting:
    """A posting as a row showed it: title as `title_key` gives it, `address` as `plain_address` does. `shown`: the title as
    printed, in full where a row printed it so. `met`: on a page of this reading, and not only on one of an earlier night."""

    told: Told
    url: str | None
    address: str | None
    shown: str
    identity: str = ""
    met: bool = False
    _parts: PostingAddress | None = None

    @property
    def title(self) -> str:
        return self.told.title

    @property
    def day(self) -> date | None:
        return self.told.day

    def parts(self) -> PostingAddress:
        """Its address taken apart; only where it has one."""
        if self._parts is None:
            self._parts = take_apart(self.url or "")
        return self._parts


def _index() -> defaultdict[str, list[Posting]]:
    return defaultdict(list)


@dataclass(slots=True)
class Identities:
    """The postings of one column, known and met. Pages are to be taken in the order in which the list shows them."""

    by_identity: dict[str, Posting] = field(default_factory=dict)
    by_address: defaultdict[str, list[Posting]] = field(default_factory=_index)
    by_title: defaultdict[str, list[Posting]] = field(default_factory=_index)
    by_stem: defaultdict[str, list[Posting]] = field(default_factory=_index)
    cut: int = 0
    addresses: ListAddresses = field(default_factory=ListAddresses)

    @classmethod
    def of_known(cls, known: Iterable[Sighting]) -> "Identities":
        """Those of the nights before."""
        identities = cls()
        for one in known:
            posting = _posting(Entry(one.title, one.url, one.published))
            posting.identity = one.identity
            identities._note(posting)
            identities._add(posting)
        return identities

    def take(self, entries: Sequence[Entry]) -> list[str]:
        """The identity of each row of a page, in order."""
        rows = [_posting(entry) for entry in entries]
        shared = _shared_addresses(rows)
        for row in rows:
            self._note(row)
        return [self._take(row, shared=row.address in shared) for row in rows]

    def title_of(self, identity: str) -> str:
        """A posting's title as printed, in full where any row printed it so."""
        return self.by_identity[identity].shown

    def _take(self, row: Posting, *, shared: bool) -> str:
        found = self._at_its_address(row, shared=shared) or self._elsewhere(row)
        if found is None:
            row.identity = self._new_identity(row)
            found = self.by_identity.get(row.identity) or row
        self._learn(found, row)
        found.met = True
        return found.identity

    def _learn(self, posting: Posting, row: Posting) -> None:
        """The posting is found from now on by what this row shows of it, too."""
        if posting is row:
            self._add(row)
            return
        if row.address and posting not in self.by_address[row.address]:
            self.by_address[row.address].append(posting)
        if row.day is None and posting.day is not None:
            return  # a picture's short title, or a copy that shows less
        posting.told = posting.told._replace(day=row.day, kind=row.told.kind)
        if posting.title != row.title and not row.title.endswith(CUT):
            posting.shown = row.shown
            posting.told = posting.told._replace(title=row.title)
            self.by_title[row.title].append(posting)
            self.by_stem[row.title[:SHORTEST_STEM]].append(posting)

    def _at_its_address(self, row: Posting, *, shared: bool) -> Posting | None:
        """The posting of its address that bears its title and day; else the only one there, if a page of an earlier night
        may have told of it otherwise, or one of the two rows does not tell its day."""
        there = self.by_address.get(row.address or "", [])
        for one in sorted(there, key=lambda one: one.told != row.told):
            if alike(row.told, one.told) and self._one_anchor(row, one):
                return one
        if len(there) != 1 or shared:
            return None
        one = there[0]
        edited = not one.met and (row.title == one.title or row.day == one.day)
        return one if edited or (row.day is None) != (one.day is None) else None

    def _one_anchor(self, row: Posting, other: Posting) -> bool:
        anchored = "#" in (row.url or "") or "#" in (other.url or "")
        return not anchored or self.addresses.same(row.parts(), other.parts(), row.told)

    def _elsewhere(self, row: Posting) -> Posting | None:
        """The posting of its title and day that has another address, or none, and is the same."""
        for one in self._titled(row):
            if alike(row.told, one.told) and self._one_posting(row, one):
                return one
        return None

    def _one_posting(self, row: Posting, other: Posting) -> bool:
        """Whether two rows of one title and day are one: by their addresses; a day must be shown where one has none."""
        if row.address and other.address:
            return row.address != other.address and self.addresses.same(row.parts(), other.parts(), row.told)
        return row.day == other.day and (row.day is not None or row.address == other.address)

    def _titled(self, row: Posting) -> Iterator[Posting]:
        """The postings whose titles may be the row's."""
        yield from self.by_title.get(row.title, ())
        if self.cut or row.title.endswith(CUT):
            for one in self.by_stem.get(row.title[:SHORTEST_STEM], ()):
                if one.title != row.title:
                    yield one

    def _new_identity(self, row: Posting) -> str:
        """The plain address, or where that is another posting's or there is none, title and day with it."""
        if row.address and row.address not in self.by_identity:
            return row.address
        anchor = row.parts().anchor if row.url else ""
        digest = text_digest(row.title, str(row.day or ""), anchor)
        return f"{row.address}#{digest}" if row.address else "text:" + digest

    def _note(self, row: Posting) -> None:
        if row.address:
            self.addresses.note(row.parts, row.told)

    def _add(self, posting: Posting) -> None:
        self.by_identity[posting.identity] = posting
        if posting.address:
            self.by_address[posting.address].append(posting)
        self.by_title[posting.title].append(posting)
        self.by_stem[posting.title[:SHORTEST_STEM]].append(posting)
        self.cut += posting.title.endswith(CUT)


def _posting(row: Entry) -> Posting:
    # What was kept is masked, as its site file said then: both sides are compared as the strictest would have them.
    url = row.url and masked_address(row.url)
    address = plain_address(url) if url else None
    return Posting(
        Told(title_key(masked(row.title, EVERYTHING)), row.date, row.kind), url, address, row.title
    )


def _shared_addresses(rows: Sequence[Posting]) -> set[str | None]:
    """The addresses that rows of several titles or days on one page bear, each showing a day, or none showing any."""
    told: dict[str | None, set[Told]] = defaultdict(set)
    for row in rows:
        told[row.address].add(row.told)
    return {
        address
        for address, each in told.items()
        if max(sum(one.day is None for one in each), sum(one.day is not None for one in each)) > 1
    }
