"""The paragraphs of a draft (their words stand in templates/draft.txt.j2), and the draft as plain text, whose tables are
rows of tabs."""

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.annual.checks.forms import SECTIONS
from monitor.annual.draft import BLANK, Draft
from monitor.annual.draft_tables import grid_of
from monitor.paper_files.inert import plain
from monitor.paper_files.templates import render_template
from monitor.wording import Total, day_of

MOST_UNREAD = 20


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One paragraph: `kind` is title, heading, text, note or table; of a table `text` is its number."""

    kind: str
    text: str


def lines_of(draft: Draft) -> Iterator[DraftLine]:
    """The whole report in order, tables by their numbers."""
    text = render_template(
        "monitor.annual",
        "draft.txt.j2",
        draft=draft,
        sections=SECTIONS,
        known=known,
        day_of=day_of,
        most=MOST_UNREAD,
    )
    for line in text.strip().split("\n"):
        kind, _, words = line.partition(" ")
        yield DraftLine(kind, words)


def as_text(draft: Draft) -> str:
    """The draft as plain text."""
    return "\n\n".join(_shown(draft, line) for line in lines_of(draft)) + "\n"


def _shown(draft: Draft, line: DraftLine) -> str:
    if line.kind != "table":
        return plain(line.text)
    rows = grid_of(draft, int(line.text)).rows
    return "\n".join("\t".join(plain(cell.text) for cell in row) for row in rows if row)


def known(total: Total) -> str:
    """The number as it follows a Chinese word; 待填 where nothing was read, for that is not 0."""
    if not total.exact and not total.number:
        return f" {BLANK}"
    return f" {total}" if total.exact else f"{total}"
