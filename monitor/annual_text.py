"""The words of a draft, and the draft as a text file whose tables are rows of tabs."""

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.annual_draft import BLANK, Draft, Field
from rules.annual.forms import (
    APPLICANTS,
    CARRIED,
    DECIDED,
    LAWSUITS,
    LEFT,
    NEW,
    RULINGS,
    SECTIONS,
    Clause,
    Label,
)

NUMERALS = "一二三四五六"
RELATION = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
FILL = f"【{BLANK}】"
RESULTS_TITLE = "三、本年度办理结果"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: `kind` is title, heading, text, note or table; of a table `text` is its number."""

    kind: str
    text: str


def lines_of(draft: Draft) -> Iterator[Line]:
    """The whole report in order, tables by their numbers."""
    yield Line("title", draft.title)
    yield Line("text", _preamble(draft))
    bodies = (
        _summary(draft),
        [Line("table", "2")],
        _requests(draft),
        [Line("table", "4")],
        _problems(),
        _others(),
    )
    for at, body in enumerate(bodies):
        yield Line("heading", f"{NUMERALS[at]}、{SECTIONS[at].words}")
        yield from body
    yield from _notes(draft)


def as_text(draft: Draft) -> str:
    """The draft as plain text."""
    return "\n\n".join(_shown(draft, line) for line in lines_of(draft)) + "\n"


def _shown(draft: Draft, line: Line) -> str:
    if line.kind != "table":
        return line.text
    tables = {"2": disclosure_rows, "3": request_rows, "4": court_rows}
    return "\n".join("\t".join(row) for row in tables[line.text](draft))


def disclosure_rows(draft: Draft) -> Iterator[list[str]]:
    """Table two, row by row."""
    for clause in draft.form.clauses:
        yield [clause.title]
        yield ["信息内容", *(head.words for head in clause.heads)]
        yield from ([row.words, *_values(draft, clause, row)] for row in clause.rows)


def request_rows(draft: Draft) -> Iterator[list[str]]:
    """Table three, row by row."""
    yield [RELATION, "申请人情况"]
    yield ["", *(column.words for column in APPLICANTS)]
    yield from ([row.words, *request_values(draft, row)] for row in (NEW, CARRIED))
    for group in draft.form.results:
        labels = [RESULTS_TITLE, group.title] if group.title else [RESULTS_TITLE]
        yield from ([*labels, row.words, *request_values(draft, row)] for row in group.rows)
    yield [RESULTS_TITLE, DECIDED.words, *request_values(draft, DECIDED)]
    yield [LEFT.words, *request_values(draft, LEFT)]


def court_rows(draft: Draft) -> Iterator[list[str]]:
    """Table four, row by row."""
    yield [group.words for group in LAWSUITS]
    yield [ruling.words for _ in LAWSUITS for ruling in RULINGS]
    yield [draft.cell(4, group.key, ruling.key) for group in LAWSUITS for ruling in RULINGS]


def request_values(draft: Draft, row: Label) -> list[str]:
    """The seven cells of a row of table three."""
    return [draft.cell(3, row.key, column.key) for column in APPLICANTS]


def _values(draft: Draft, clause: Clause, row: Label) -> list[str]:
    return [draft.cell(2, row.key, head.key) for head in clause.heads]


def _preamble(draft: Draft) -> str:
    return (
        f"本报告按照《中华人民共和国政府信息公开条例》和《中华人民共和国政府信息公开工作年度报告格式》"
        f"（{draft.form.basis}）编制。本报告所列数据的统计期限自 {draft.year} 年 1 月 1 日起至 "
        f"{draft.year} 年 12 月 31 日止。"
    )


def _summary(draft: Draft) -> list[Line]:
    letters = (
        f"全年通过网站信箱收到群众来信 {draft.received} 件，已办结 {draft.closed} 件。"
        if draft.mailboxes
        else ""
    )
    return [
        Line("text", f"（一）主动公开情况。{draft.year} 年，{_total(draft)}{FILL}"),
        Line("text", f"（二）依申请公开情况。{FILL}"),
        Line("text", f"（三）政府信息管理情况。{FILL}"),
        Line("text", f"（四）政府信息公开平台建设情况。{letters}{FILL}"),
        Line("text", f"（五）监督保障情况。{FILL}"),
    ]


def _total(draft: Draft) -> str:
    parts = "，".join(_field(field) for field in draft.fields)
    joint = sum(count.count or 0 for count in draft.joint)
    more = f"另有与其他单位共同负责的栏目信息 {joint} 条。" if draft.joint else ""
    among = f"，其中 {parts}" if parts else ""
    return f"通过{draft.site}网站主动公开政府信息 {draft.total} 条{among}。{more}"


def _field(field: Field) -> str:
    return f"{field.name} {field.total} 条"


def _requests(draft: Draft) -> list[Line]:
    known = any(place.table == 3 for place in draft.cells)
    note = "注：“上年结转”已按上年报告的“结转下年度继续办理”填写，请核对。"
    return [Line("table", "3"), *([Line("note", note)] if known else [])]


def _problems() -> list[Line]:
    return [
        Line("text", f"（一）存在的主要问题。{FILL}"),
        Line("text", f"（二）改进情况。{FILL}"),
        Line("note", "注：本部分内容不得与上年报告雷同。"),
    ]


def _others() -> list[Line]:
    return [Line("text", f"本年度收取政府信息公开信息处理费 {BLANK} 元。{FILL}")]


def _notes(draft: Draft) -> Iterator[Line]:
    """What an editor must know; to be deleted before signing."""
    yield Line(
        "note",
        f"【编者按，定稿时删除】文中数字为本系统统计，截至 {draft.as_of:%Y-%m-%d}；标“{BLANK}”处由单位填写。",
    )
    if draft.unread:
        words = "；".join(draft.unread[:20]) + ("等" if len(draft.unread) > 20 else "")
        yield Line(
            "note", f"【编者按】{len(draft.unread)} 个栏目没有全部读到，其数量未计入或只是下限：{words}。"
        )
