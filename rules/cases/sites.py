"""Cases of a site as a whole: its availability, its home page, its columns together, its pages' tags and frame."""

from dataclasses import dataclass
from datetime import date

from rules.cases.columns import ColumnCase
from rules.cases.frame_links import FrameLink
from rules.cases.letters import LetterCase
from rules.cases.subjects import Case
from rules.scanners.footer import FooterPart
from rules.scanners.outbound_links import Link
from rules.scanners.page_tags import Lacking, PageLevel
from rules.vocabulary.terms import Outcome


@dataclass(frozen=True, slots=True)
class Probe:
    """One availability probe. `seconds` until the home page was open; None: it did not open. Probes during
    which the neutral hosts failed too are left out."""

    day: date
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to write to the government. `outcome` is its page's, None where not visited."""

    name: str
    outcome: Outcome | None
    url: str = ""


@dataclass(frozen=True, slots=True)
class SiteCase(Case):
    """One site on one day. `probes` of the last weeks; `home_newest` is the newest day shown on the home page
    (None: it shows none), `home_scripted` whether scripts or a frame may show newer ones, `home_renewed` the last
    night on which a title without a day appeared that had not stood there on the look before (None: it shows none).
    `home_read_on`: the day of that look, where it was before `as_of`; `footer`: the parts of its foot that it names (None: no foot
    is in its source, or scripts may still write one); `missing_links`: its links of which the server says that they are not there.
    `columns` are all duties' cases; `excused` the subjects among them that a waiver sets aside. `channels` and `letters`
    are None where they were not looked for. `unread_before` is the share of columns not read on the last good night; `identity`
    and `identity_before` are the home page's SiteName (or title) tonight and then."""

    as_of: date
    probes: tuple[Probe, ...] = ()
    home_outcome: Outcome | None = None
    home_newest: date | None = None
    home_read_on: date | None = None
    home_scripted: bool = False
    home_renewed: date | None = None
    footer: frozenset[FooterPart] | None = None
    missing_links: tuple[Link, ...] = ()
    columns: tuple[ColumnCase, ...] = ()
    excused: frozenset[str] = frozenset()
    channels: tuple[Channel, ...] | None = None
    letters: tuple[LetterCase, ...] | None = None
    unread_before: float | None = None
    identity: str = ""
    identity_before: str = ""

    @property
    def home_looked_on(self) -> date:
        """The day up to which the home page's silence was seen."""
        return self.home_read_on or self.as_of

    @property
    def home_read(self) -> bool:
        return self.home_outcome is not None and self.home_outcome.good


@dataclass(frozen=True, slots=True)
class PageCase(Case):
    """The pages of one level of a site, as far as well read: `pages` of them, and what they lack. Built by
    `rules.scanners.page_tags.lacking`."""

    as_of: date
    level: PageLevel
    pages: int
    lacks: tuple[Lacking, ...] = ()


@dataclass(frozen=True, slots=True)
class FrameCase(Case):
    """The frame that a site's pages have in common (menus, friendly links, a footer), as far as `pages` of postings
    that were opened and read show it. Links that are a posting's own are not here. Built from `rules.cases.frame_links`."""

    as_of: date
    pages: int
    links: tuple[FrameLink, ...] = ()
