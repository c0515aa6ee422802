"""The bulletin as one page that needs nothing from outside: prose and annexes as the Word paper has them."""

from monitor.bulletin.annexes import annexes_of
from monitor.bulletin.compose import Bulletin
from monitor.bulletin.template_filling import Paragraph, draft_line
from monitor.paper_files.templates import templates_of

TAGS = {"公文标题": "h1", "一级标题": "h2"}
LOOKS = {
    "发文机关": "issuer",
    "主送机关": "flush",
    "附件说明": "list",
    "附件说明续": "list",
    "成文日期": "date",
}


def as_html(bulletin: Bulletin, prose: list[Paragraph]) -> str:
    """The page. Whatever the units and columns are called is text."""
    return (
        templates_of("monitor.bulletin")
        .get_template("bulletin.html.j2")
        .render(
            title=next((each.text for each in prose if each.style == "公文标题"), "通报"),
            draft=draft_line(bulletin) if bulletin.draft else "",
            prose=prose,
            annexes=annexes_of(bulletin),
            tag=lambda paragraph: TAGS.get(paragraph.style, "p"),
            look=lambda paragraph: LOOKS.get(paragraph.style, ""),
        )
    )
