"""What an audit saw, for tests that are not about its crawl."""

from monitor.audit.look import Look
from rules.vocabulary.places import Site
from rules.vocabulary.terms import Outcome


def all_read(site: Site) -> Look:
    """Every column and mailbox was read whole."""
    return Look(
        {column.key: (Outcome.READ, "") for column in site.columns if column.url},
        {box.key: Outcome.READ for box in site.mailboxes},
    )
