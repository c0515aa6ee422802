"""The bulletin as plain text: prose, annexes, and the working copy as its last part."""

from monitor.bulletin.annexes import annexes_of
from monitor.bulletin.compose import Bulletin
from monitor.bulletin.template_filling import Paragraph, draft_line
from monitor.bulletin.working_copy import HEADING, working_parts
from monitor.paper_files.templates import templates_of
from monitor.totals import shown, shown_total
from monitor.wording import spaced


def as_text(bulletin: Bulletin, prose: list[Paragraph]) -> str:
    """The whole text; `prose` is what the Word template made of the bulletin."""
    blocks = {1: (bulletin.annex1, bulletin.annex1_total), 2: (bulletin.annex2, bulletin.annex2_total)}
    return (
        templates_of("monitor.bulletin")
        .get_template("bulletin.txt.j2")
        .render(
            draft=draft_line(bulletin) if bulletin.draft else "",
            prose=[spaced(paragraph.text, names_in(bulletin)) for paragraph in prose],
            annexes=[(annex, *blocks[annex.number]) for annex in annexes_of(bulletin)],
            shown=shown,
            shown_total=shown_total,
            heading=HEADING,
            parts=working_parts(bulletin),
        )
    )


def names_in(bulletin: Bulletin) -> set[str]:
    """Names that prose may hold and nothing may be put into: units', columns', mailboxes'."""
    site = bulletin.judgement.site
    columns = {part for column in site.columns for part in column.path}
    return columns | {unit.name for unit in site.units} | {box.name for box in site.mailboxes}
