"""The bulletin as one web page that needs nothing from outside, and as plain text with the working copy at its end."""

from monitor.bulletin.annexes import annexes_of
from monitor.bulletin.compose import Bulletin
from monitor.bulletin.template_filling import ProseParagraph, draft_line
from monitor.bulletin.working_copy import HEADING, working_parts
from monitor.paper_files.templates import render_template
from monitor.totals import shown, shown_total
from monitor.wording import spaced

TAGS = {"公文标题": "h1", "一级标题": "h2"}
LOOKS = {
    "发文机关": "issuer",
    "主送机关": "flush",
    "附件说明": "list",
    "附件说明续": "list",
    "成文日期": "date",
}


def as_html(bulletin: Bulletin, prose: list[ProseParagraph]) -> str:
    """The page: prose and annexes as the Word paper has them. Whatever the units and columns are called is text."""
    return render_template(
        "monitor.bulletin",
        "bulletin.html.j2",
        title=next((each.text for each in prose if each.style == "公文标题"), "通报"),
        draft=draft_line(bulletin) if bulletin.draft else "",
        prose=prose,
        annexes=annexes_of(bulletin),
        tag=lambda paragraph: TAGS.get(paragraph.style, "p"),
        look=lambda paragraph: LOOKS.get(paragraph.style, ""),
    )


def as_text(bulletin: Bulletin, prose: list[ProseParagraph]) -> str:
    """The whole text; `prose` is what the Word template made of the bulletin."""
    blocks = {1: (bulletin.annex1, bulletin.annex1_total), 2: (bulletin.annex2, bulletin.annex2_total)}
    return render_template(
        "monitor.bulletin",
        "bulletin.txt.j2",
        draft=draft_line(bulletin) if bulletin.draft else "",
        prose=[spaced(paragraph.text, names_in(bulletin)) for paragraph in prose],
        annexes=[(annex, *blocks[annex.number]) for annex in annexes_of(bulletin)],
        shown=shown,
        shown_total=shown_total,
        heading=HEADING,
        parts=working_parts(bulletin),
    )


def names_in(bulletin: Bulletin) -> set[str]:
    """Names that prose may hold and nothing may be put into: units', columns', mailboxes'."""
    site = bulletin.judgement.site
    columns = {part for column in site.columns for part in column.path}
    return columns | {unit.name for unit in site.units} | {box.name for box in site.mailboxes}
