"""The bulletin as plain text: prose, annexes, and the working copy as its last part."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from monitor.bulletin.annexes import annexes_of
from monitor.bulletin.compose import Bulletin
from monitor.bulletin.word_filling import Paragraph, draft_line
from monitor.bulletin.working_copy import HEADING, working_parts
from monitor.paper_files.inert import plain
from monitor.totals import shown, shown_total
from monitor.wording import spaced


def as_text(bulletin: Bulletin, prose: list[Paragraph]) -> str:
    """The whole text; `prose` is what the Word template made of the bulletin."""
    environment = Environment(
        loader=PackageLoader("monitor"), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        autoescape=False,  # noqa: S701  (plain text)
        finalize=lambda value: plain(value) if isinstance(value, str) else value,
    )  # fmt: skip
    environment.filters["shown"] = shown
    environment.filters["sum"] = shown_total
    blocks = {1: (bulletin.annex1, bulletin.annex1_total), 2: (bulletin.annex2, bulletin.annex2_total)}
    return environment.get_template("bulletin.txt.j2").render(
        draft=draft_line(bulletin) if bulletin.draft else "",
        prose=[spaced(paragraph.text, names_in(bulletin)) for paragraph in prose],
        annexes=[(annex, *blocks[annex.number]) for annex in annexes_of(bulletin)],
        heading=HEADING,
        parts=working_parts(bulletin),
    )


def names_in(bulletin: Bulletin) -> set[str]:
    """Names that prose may hold and nothing may be put into: units', columns', mailboxes'."""
    site = bulletin.judgement.site
    columns = {part for column in site.columns for part in column.path}
    return columns | {unit.name for unit in site.units} | {box.name for box in site.mailboxes}
