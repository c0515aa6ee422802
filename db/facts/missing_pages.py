"""Postings' pages and files that the server says are not there (404, 410), as far as that may be held against anybody.

An address may also be read wrongly by us, or be missing in the mirror that we read. So a posting's own page counts as gone
only where another one of its column was opened; and at a mirror only what most of its kind is not: a copy of a site's lists
without their pages or files has none of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rules.cases import Gone
from rules.vocabulary.terms import Outcome


@dataclass(frozen=True, slots=True)
class Opened:
    """What the looks at postings brought: columns (keys) of which a page was opened; whether most pages, and most files, of
    all that were asked for were there."""

    columns: frozenset[str]
    pages: bool
    files: bool

    def gone(self, row: Any) -> tuple[Gone, ...]:
        """What is gone of one posting."""
        listed = (row.facts or {}).get("gone", {}).items()
        return tuple(
            Gone(url, said["name"], said["nights"]) for url, said in listed if self._counts(row, said)
        )

    def _counts(self, row: Any, said: dict[str, Any]) -> bool:
        if said["name"]:
            return self.files or not said["copy"]
        return row.column in self.columns and (self.pages or not said["copy"])


def opened(rows: Sequence[Any]) -> Opened:
    """Over the postings of a site, rows with `column`, `outcome` (None: not asked for), `attachments`, `facts`."""
    asked = [row for row in rows if row.outcome is not None]
    read = [row for row in asked if Outcome(row.outcome).seen]
    missing = [said for row in asked for said in (row.facts or {}).get("gone", {}).values()]
    pages = sum(not said["name"] for said in missing)
    files = sum(bool(said["name"]) for said in missing)
    return Opened(
        columns=frozenset(row.column for row in read),
        pages=2 * pages < len(asked),
        files=2 * files < sum(row.attachments for row in read),
    )
