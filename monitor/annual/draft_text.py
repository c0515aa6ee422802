"""The words of a draft, and its files: Word in the layout of official documents, text whose tables are rows of tabs."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from monitor.annual.checks.forms import SECTIONS
from monitor.annual.draft import BLANK, Draft, FieldTotal
from monitor.annual.draft_tables import grid_of
from monitor.paper_files.data_files import placed_in
from monitor.paper_files.inert import plain
from monitor.paper_files.word_document import append_table, new_document, save_document, write_line
from monitor.totals import Total

NUMERALS = "一二三四五六"
FILL = f"【{BLANK}】"


@dataclass(frozen=True, slots=True)
class DraftLine:
    """One paragraph: `kind` is title, heading, text, note or table; of a table `text` is its number."""

    kind: str
    text: str


def lines_of(draft: Draft) -> Iterator[DraftLine]:
    """The whole report in order, tables by their numbers."""
    yield DraftLine("title", draft.title)
    yield DraftLine("text", _preamble(draft))
    bodies = (
        _summary(draft),
        [DraftLine("table", "2")],
        _requests(draft),
        [DraftLine("table", "4")],
        _problems(),
        _others(),
    )
    for at, body in enumerate(bodies):
        yield DraftLine("heading", f"{NUMERALS[at]}、{SECTIONS[at].words}")
        yield from body
    yield from _notes(draft)


def as_text(draft: Draft) -> str:
    """The draft as plain text."""
    return "\n\n".join(_shown(draft, line) for line in lines_of(draft)) + "\n"


def _shown(draft: Draft, line: DraftLine) -> str:
    if line.kind != "table":
        return plain(line.text)
    rows = grid_of(draft, int(line.text)).rows
    return "\n".join("\t".join(plain(cell.text) for cell in row) for row in rows if row)


def _preamble(draft: Draft) -> str:
    return (
        f"本报告按照《中华人民共和国政府信息公开条例》和《中华人民共和国政府信息公开工作年度报告格式》"
        f"（{draft.form.basis}）编制。本报告所列数据的统计期限自 {draft.year} 年 1 月 1 日起至 "
        f"{draft.year} 年 12 月 31 日止。"
    )


def _summary(draft: Draft) -> list[DraftLine]:
    letters = draft.letters
    words = (
        f"{_so_far(draft)}通过网站信箱收到群众来信 {letters.received} 件，已办结 {letters.closed} 件。"
        if letters
        else ""
    )
    return [
        DraftLine("text", f"（一）主动公开情况。{_so_far(draft)}{_total(draft)}{FILL}"),
        DraftLine("text", f"（二）依申请公开情况。{FILL}"),
        DraftLine("text", f"（三）政府信息管理情况。{FILL}"),
        DraftLine("text", f"（四）政府信息公开平台建设情况。{words}{FILL}"),
        DraftLine("text", f"（五）监督保障情况。{FILL}"),
    ]


def _total(draft: Draft) -> str:
    parts = "，".join(_field(field) for field in draft.fields)
    joint = sum(count.count or 0 for count in draft.joint)
    more = f"另有与其他单位共同负责的栏目信息 {joint} 条。" if draft.joint else ""
    among = f"，其中：{parts}" if parts else ""
    return f"通过{draft.site}网站主动公开政府信息 {known(draft.total)} 条{among}。{more}"


def known(total: Total) -> str:
    """The number as text; 待填 where nothing was read, for that is not 0."""
    return f"{total}" if total.exact or total.number else BLANK


def _so_far(draft: Draft) -> str:
    """The days that the numbers are of: a year that is not over is not called one."""
    if draft.as_of.year > draft.year:
        return f"{draft.year} 年全年，"
    return f"{draft.year} 年（截至 {draft.as_of.month} 月 {draft.as_of.day} 日），"


def _field(field: FieldTotal) -> str:
    return f"{field.name} {field.total} 条"


def _requests(draft: Draft) -> list[DraftLine]:
    known = any(place.table == 3 for place in draft.cells)
    note = "注：“上年结转”已按上年报告的“结转下年度继续办理”填写，请核对。"
    return [DraftLine("table", "3"), *([DraftLine("note", note)] if known else [])]


def _problems() -> list[DraftLine]:
    return [
        DraftLine("text", f"（一）存在的主要问题。{FILL}"),
        DraftLine("text", f"（二）改进情况。{FILL}"),
        DraftLine("note", "注：本部分内容不得与上年报告雷同。"),
    ]


def _others() -> list[DraftLine]:
    return [DraftLine("text", f"本年度收取政府信息公开信息处理费 {BLANK} 元。{FILL}")]


def _notes(draft: Draft) -> Iterator[DraftLine]:
    """What an editor must know; to be deleted before signing."""
    yield DraftLine(
        "note",
        f"【编者按，定稿时删除】文中数字为本系统统计，截至 {draft.as_of:%Y-%m-%d}；标“{BLANK}”处由单位填写。",
    )
    if draft.as_of.year <= draft.year:
        yield DraftLine("note", f"【编者按】{draft.year} 年尚未结束，以上只是截至当日的数量。")
    if draft.unread:
        words = "；".join(draft.unread[:20]) + ("等" if len(draft.unread) > 20 else "")
        yield DraftLine(
            "note", f"【编者按】{len(draft.unread)} 个栏目没有全部读到，其数量未计入或只是下限：{words}。"
        )


STYLES = {"title": "公文标题", "heading": "一级标题", "text": "公文正文", "note": "表注"}


def write_draft(draft: Draft, folder: Path, name: str) -> list[Path]:
    """Writes the Word and text files into a folder (made if need be) and returns their paths."""
    with placed_in(folder) as aside:
        write_word(draft, aside / f"{name}.docx")
        (aside / f"{name}.txt").write_text(as_text(draft), encoding="utf-8")
    return [folder / f"{name}.docx", folder / f"{name}.txt"]


def write_word(draft: Draft, path: Path) -> None:
    """Writes the draft to a .docx file; the same draft gives the same bytes."""
    document = new_document(draft.title)
    for line in lines_of(draft):
        if line.kind == "table":
            append_table(document, grid_of(draft, int(line.text)))
        else:
            write_line(document, STYLES[line.kind], line.text)
    save_document(document, path, draft.name, draft.as_of)
