"""What an audit's own crawl saw, apart from what was known before."""

from collections.abc import Mapping
from dataclasses import dataclass

from db.connect import Connection
from db.readings import outcomes_of_crawl
from db.tables.site import MailboxRow
from rules.vocabulary.places import Site
from rules.vocabulary.terms import Outcome


@dataclass(frozen=True, slots=True)
class Look:
    """How the reading of each column ended, and why (a cause's code), and that of each mailbox, by their keys; what the crawl
    did not come to is not there."""

    columns: Mapping[str, tuple[Outcome, str]]
    mailboxes: Mapping[str, Outcome]


def look_of(connection: Connection, site: Site, crawl: int) -> Look:
    """The look of one crawl. A mailbox it did not come to is one it could not reach."""
    boxes = outcomes_of_crawl(connection, crawl, MailboxRow)
    return Look(
        outcomes_of_crawl(connection, crawl),
        {box.key: boxes.get(box.key, (Outcome.UNREACHABLE, ""))[0] for box in site.mailboxes},
    )
