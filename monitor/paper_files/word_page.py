"""The page and the styles of an official document after GB/T 9704-2012: A4, 28 pt lines, the four faces."""

from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from monitor.paper_files.table_pages import POINTS, lines_of
from monitor.paper_files.title_lines import title_lines

TITLE_FACE, BODY_FACE, HEAD_FACE, KAI_FACE = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
# What a machine without a face may use instead, nearest first.
INSTEAD = {
    TITLE_FACE: "方正小标宋_GBK,华文中宋,STZhongsong,宋体,SimSun",
    BODY_FACE: "仿宋,FangSong,华文仿宋,STFangsong",
    HEAD_FACE: "SimHei,方正黑体_GBK,微软雅黑",
    KAI_FACE: "楷体,KaiTi,华文楷体,STKaiti",
}
SIZE = 16.0  # 三号, in points
TEXT_WIDTH = 156  # millimetres
TEXT_HEIGHT = (297 - 37 - 35) * POINTS  # of a page, in points
LYING_HEIGHT = (210 - 37 - 35) * POINTS  # of one that lies on its side
AFTER_RULES = tuple(
    f"w:{name}" for name in ("tabs", "suppressAutoHyphens", "spacing", "ind", "jc", "outlineLvl", "rPr")
)
PITCH = 28.0


@dataclass(frozen=True, slots=True)
class Face:
    """How paragraphs of a style look. Indents in characters, of the first line less than 0 where it hangs out;
    `pitch` in points; `fresh` begins a page; `rules` are the sides (top, bottom) that have a line, in `colour`; `tabbed`:
    what stands behind a tab stands at the right margin."""

    font: str = BODY_FACE
    size: float = SIZE
    align: ALIGN | None = None
    indent: int = 0
    left: int = 0
    right: int = 0
    pitch: float = PITCH
    before: float = 0
    after: float = 0
    fresh: bool = False
    with_next: bool = False
    level: int | None = None
    colour: str = ""
    rules: tuple[str, ...] = ()
    tabbed: bool = False


RED = "FF0000"
STYLES = {
    "红头": Face(TITLE_FACE, 36, ALIGN.CENTER, pitch=56, colour=RED),
    "期号": Face(align=ALIGN.CENTER, before=8),
    "红头署名": Face(before=8, tabbed=True, rules=("bottom",), colour=RED),
    "版记": Face(BODY_FACE, 14, pitch=24, tabbed=True, rules=("top", "bottom")),
    "公文标题": Face(TITLE_FACE, 22, ALIGN.CENTER, pitch=32, before=28, after=28, level=0),
    "发文机关": Face(TITLE_FACE, 22, ALIGN.CENTER, pitch=32, level=None),
    "主送机关": Face(),
    "公文正文": Face(indent=2, align=ALIGN.JUSTIFY),
    "公文末段": Face(indent=2, align=ALIGN.JUSTIFY, with_next=True),  # the date never stands on a page alone
    "一级标题": Face(HEAD_FACE, indent=2, with_next=True, level=1),
    "附件说明": Face(indent=-3, left=5, before=28, with_next=True),
    "附件说明续": Face(left=5, with_next=True),
    "成文日期": Face(align=ALIGN.RIGHT, right=4, before=28),
    "附件标号": Face(HEAD_FACE, fresh=True, with_next=True),
    "附件标题": Face(TITLE_FACE, 22, ALIGN.CENTER, pitch=32, before=10, after=6, with_next=True),
    "附件范围": Face(KAI_FACE, SIZE, ALIGN.CENTER, after=10, with_next=True),
    "表头文字": Face(HEAD_FACE, 12, ALIGN.CENTER, pitch=18),
    "表格文字": Face(BODY_FACE, 12, ALIGN.CENTER, pitch=18),
    "表注": Face(BODY_FACE, 12, pitch=20, before=6),
    "草稿标记": Face(HEAD_FACE, 14, ALIGN.CENTER, pitch=24),
}

# Paragraphs whose lines end between words.
TITLES = ("公文标题", "发文机关", "附件标题")


def lay_out(document: Document) -> None:
    """A4 with margins 37/35/28/26 mm and the page number — 1 — at the outer foot."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(25)
    document.settings.odd_and_even_pages_header_footer = True
    _number_pages(section.footer, ALIGN.RIGHT)
    _number_pages(section.even_page_footer, ALIGN.LEFT)
    _name_substitutes(document)
    add_styles(document)


def add_styles(document: Document) -> None:
    """Adds the styles that are not there yet; an office's own of the same name stay as they are."""
    known = {style.name for style in document.styles}
    for name, face in STYLES.items():
        if name not in known:
            _shape(document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH), face)


def height_of(style: str, text: str) -> float:
    """How much of a page a paragraph takes, in points."""
    face = STYLES[style]
    parts = title_lines(text) if style in TITLES else ("　" * max(face.indent, 0) + text,)
    lines = sum(lines_of(part, TEXT_WIDTH * POINTS, face.size) for part in parts)
    return face.before + lines * face.pitch + face.after


def set_fonts(element: Any, font: str, size: float | None = None) -> None:
    """One face for all scripts of a style or run: Word takes the East Asian one only where it is named."""
    properties = element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)
    if size:
        for tag in ("w:sz", "w:szCs"):
            _set(properties, tag, round(size * 2))


def _shape(style: Any, face: Face) -> None:
    style.quick_style, style.hidden = True, False
    set_fonts(style.element, face.font, face.size)
    layout = style.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(face.pitch)
    layout.space_before, layout.space_after = Pt(face.before), Pt(face.after)
    layout.alignment, layout.widow_control = face.align, False
    layout.page_break_before, layout.keep_with_next = face.fresh or None, face.with_next or None
    if face.rules:
        _rule_off(style.element.get_or_add_pPr(), face)
    if face.tabbed:
        layout.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    if face.colour and not face.rules:
        style.font.color.rgb = RGBColor.from_string(face.colour)
    _indent(style.element.get_or_add_pPr(), face)
    if face.level is not None:
        _set(style.element.get_or_add_pPr(), "w:outlineLvl", face.level)


def _rule_off(properties: Any, face: Face) -> None:
    """Lines above or below. They stand before the shading, tabs and spacing of a style."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="12" w:space="4" w:color="{face.colour or "auto"}"/>'
        for side in face.rules
    )
    properties.insert_element_before(parse_xml(f"<w:pBdr {nsdecls('w')}>{sides}</w:pBdr>"), *AFTER_RULES)


def _indent(properties: Any, face: Face) -> None:
    """Indents in characters and in twips: LibreOffice reads only the latter."""
    if not (face.indent or face.left or face.right):
        return
    indent = properties.get_or_add_ind()
    first = "firstLine" if face.indent > 0 else "hanging"
    for name, count in ((first, abs(face.indent)), ("left", face.left), ("right", face.right)):
        if count:
            indent.set(qn(f"w:{name}Chars"), f"{count * 100}")
            indent.set(qn(f"w:{name}"), f"{round(count * face.size * 20)}")


def _number_pages(footer: Any, align: ALIGN) -> None:
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = align
    side = "right" if align is ALIGN.RIGHT else "left"
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn(f"w:{side}Chars"), "100")
    indent.set(qn(f"w:{side}"), "280")
    for part in ("— ", "PAGE", " —"):
        run = paragraph.add_run("" if part == "PAGE" else part)
        set_fonts(run._r, "宋体", 14)
        if part == "PAGE":
            _field(run, part)


def _field(run: Any, instruction: str) -> None:
    for kind in ("begin", None, "end"):
        element = OxmlElement("w:instrText" if kind is None else "w:fldChar")
        if kind is None:
            element.text = instruction
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _name_substitutes(document: Document) -> None:
    """The table of fonts says what may stand in for the four faces."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="86"/></w:font>'
        for name, instead in INSTEAD.items()
    )
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = (
                f"<?xml version='1.0' encoding='UTF-8'?><w:fonts {nsdecls('w')}>{fonts}</w:fonts>".encode()
            )


def _set(properties: Any, tag: str, value: object) -> None:
    for old in properties.findall(qn(tag)):
        properties.remove(old)
    properties.append(parse_xml(f'<{tag} {nsdecls("w")} w:val="{value}"/>'))
