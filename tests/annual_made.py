"""Annual reports made for the tests: one specification of paragraphs and boxes, written as HTML, Word, PDF or text
by code of its own, so that the readers meet merged cells as those formats really write them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from io import BytesIO

from docx import Document as WordFile

from monitor.annual.checks.forms import APPLICANTS, FORM_2019, FORM_2021, LAWSUITS, RULINGS, SECTIONS, Form
from monitor.annual.checks.report import CellPlace

NUMERALS = "一二三四五六"
Row = Sequence[tuple[str, int, int]]  # text, columns covered, rows covered


@dataclass(frozen=True)
class Made:
    """A report to write: its lines before the first heading, the prose of each section, its cells as text."""

    form: Form = FORM_2021
    title: str = "某县教育局 2022 年政府信息公开工作年度报告"
    preamble: str = "本报告所列数据的统计期限自 2022 年 1 月 1 日起至 12 月 31 日止。"
    headings: Sequence[int] = (1, 2, 3, 4, 5, 6)
    numbered: bool = True
    prose: Mapping[int, Sequence[str]] = field(
        default_factory=lambda: {
            1: ["本单位认真做好政府信息公开工作。"],
            5: ["公开的深度还不够，将继续改进。"],
            6: ["没有收取信息处理费。"],
        }
    )
    cells: Mapping[CellPlace, str] = field(default_factory=dict)
    tables: Sequence[int] = (2, 3, 4)

    def with_cells(self, **changes: str) -> "Made":
        """Cells altered: `t3_new_total="5"`; dots in row keys are written as `__`."""
        cells = dict(self.cells)
        for name, text in changes.items():
            table, rest = name.split("_", 1)
            row, column = rest.rsplit("_", 1)
            cells[CellPlace(int(table[1]), row.replace("__", "."), column)] = text
        return replace(self, cells=cells)

    def with_prose(self, section: int, *paragraphs: str) -> "Made":
        return replace(self, prose={**self.prose, section: paragraphs})


def sound(form: Form = FORM_2021, outcomes: Mapping[str, Sequence[int]] | None = None) -> Made:
    """A report in which everything adds up. `outcomes`: row of 办理结果 → numbers by applicant (6, short lists
    filled up with 0)."""
    outcomes = outcomes or {"granted": (2, 1), "partial": (1,), "unable.1": (0, 0, 0, 0, 3)}
    made = replace(Made(), form=form)
    if form is FORM_2019:
        made = replace(
            made,
            title="某县教育局 2020 年政府信息公开工作年度报告",
            preamble="统计期限自 2020 年 1 月 1 日起。",
        )
    cells = {
        CellPlace(2, row.key, head.key): "0"
        for clause in form.clauses
        for row in clause.rows
        for head in clause.heads
    }
    rows = {row.key: filled(outcomes.get(row.key, ())) for row in form.outcomes}
    decided = [sum(numbers[at] for numbers in rows.values()) for at in range(6)]
    rows |= {
        "decided": decided,
        "left": filled((1,)),
        "carried": filled(()),
        "new": [decided[0] + 1, *decided[1:]],
    }
    for row, numbers in rows.items():
        for label, number in zip(APPLICANTS, [*numbers, sum(numbers)], strict=True):
            cells[CellPlace(3, row, label.key)] = str(number)
    cells |= {CellPlace(4, group.key, ruling.key): "0" for group in LAWSUITS for ruling in RULINGS}
    return replace(made, cells=cells)


def filled(numbers: Sequence[int]) -> list[int]:
    return [*numbers, *[0] * (6 - len(numbers))]


def blocks(made: Made) -> Iterable[str | list[Row]]:
    """Paragraphs and tables in order."""
    yield made.title
    yield made.preamble
    for at, section in enumerate(made.headings):
        words = SECTIONS[section - 1].words
        yield f"{NUMERALS[at]}、{words}" if made.numbered else words
        if section in (2, 3, 4) and section in made.tables:
            yield {2: disclosure, 3: requests, 4: courts}[section](made)
        yield from made.prose.get(section, ())


def disclosure(made: Made) -> list[Row]:
    widest = max(len(clause.heads) for clause in made.form.clauses)
    rows: list[Row] = []
    for clause in made.form.clauses:
        rows.append([(clause.title, widest + 1, 1)])
        rows.append(_spread(["信息内容", *(head.words for head in clause.heads)], widest + 1))
        for row in clause.rows:
            values = [made.cells.get(CellPlace(2, row.key, head.key), "") for head in clause.heads]
            rows.append(_spread([row.words, *values], widest + 1))
    return rows


def requests(made: Made) -> list[Row]:
    rows: list[Row] = [
        [
            ("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3),
            ("申请人情况", 7, 1),
        ],
        [("自然人", 1, 2), ("法人或其他组织", 5, 1), ("总计", 1, 2)],
        [(label.words, 1, 1) for label in APPLICANTS[1:-1]],
    ]
    head, tail = made.form.request_rows[:2], made.form.request_rows[-2:]
    rows += [[(row.words, 3, 1), *_numbers(made, row.key)] for row in head]
    first = True
    for group in made.form.results:
        for at, row in enumerate(group.rows):
            labels = [("三、本年度办理结果", 1, len(made.form.outcomes) + 1)] if first else []
            labels += [(group.title, 1, len(group.rows))] if group.title and at == 0 else []
            rows.append([*labels, (row.words, 1 if group.title else 2, 1), *_numbers(made, row.key)])
            first = False
    rows.append([(tail[0].words, 2, 1), *_numbers(made, tail[0].key)])
    rows.append([(tail[1].words, 3, 1), *_numbers(made, tail[1].key)])
    return rows


def courts(made: Made) -> list[Row]:
    rulings = [(ruling.words, 1, 1) for ruling in RULINGS]
    numbers = [(made.cells.get(CellPlace(4, g.key, r.key), ""), 1, 1) for g in LAWSUITS for r in RULINGS]
    return [
        [("行政复议", 5, 1), ("行政诉讼", 10, 1)],
        [*((text, 1, 2) for text, _, _ in rulings), ("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)],
        [*rulings, *rulings],
        numbers,
    ]


def as_html(made: Made, around: str = "{}") -> bytes:
    body = "".join(f"<p>{escape(b)}</p>" if isinstance(b, str) else _html_table(b) for b in blocks(made))
    title = f"<title>{escape(made.title)}</title>"
    page = f"<!DOCTYPE html><html><head><meta charset='utf-8'>{title}</head><body>{around.format(body)}</body></html>"
    return page.encode()


def as_text(made: Made) -> str:
    """Flattened as a copy out of Word is: a merged cell stands where it begins."""
    parts = [b if isinstance(b, str) else "\n".join(_flat(row) for row in b) for b in blocks(made)]
    return "\n\n".join(parts)


def as_word(made: Made) -> bytes:
    document = WordFile()
    for block in blocks(made):
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            _word_table(document, block)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_pdf(made: Made, pen: str = "boxes") -> bytes:
    """A PDF of one tall page: text in a CJK font that is not embedded, tables drawn with one of PENS."""
    content: list[str] = []
    top = 3000.0
    for block in blocks(made):
        if isinstance(block, str):
            for at in range(0, len(block), 32):
                top -= 20
                content.append(_words(40 + (20 if at == 0 else 0), top, block[at : at + 32], 12))
        else:
            top -= 20
            for box, text in _boxes(block):
                left, row, width, height = box
                x, y = 40 + left * 33.0, top - (row + height) * 24.0
                content.append(PENS[pen](x, y, width * 33.0, height * 24.0))
                content.append(_words(x + 3, y + height * 12 - 2, text, 6))
            top -= 24.0 * (max(box[1] + box[3] for box, _ in _boxes(block)))
    return _pdf("\n".join(content).encode("latin-1"))


PENS = {
    "boxes": lambda x, y, w, h: f"{x} {y} {w} {h} re S",
    "strokes": lambda x, y, w, h: f"q 1 0 0 1 {x} {y} cm 0 0 m {w} 0 l {w} {h} l 0 {h} l 0 0 l S Q",
    "thin rectangles": lambda x, y, w, h: " ".join(
        f"{a} {b} {c} {d} re f"
        for a, b, c, d in ((x, y, w, 0.5), (x, y + h, w, 0.5), (x, y, 0.5, h), (x + w, y, 0.5, h))
    ),
    "none": lambda x, y, w, h: f"{x} {y} {w} {h} re W n",
}
"""How writers of PDF draw a cell's frame; clipping alone paints nothing."""


def _numbers(made: Made, row: str) -> list[tuple[str, int, int]]:
    return [(made.cells.get(CellPlace(3, row, label.key), ""), 1, 1) for label in APPLICANTS]


def _spread(texts: list[str], width: int) -> Row:
    """The last text takes the columns that are over."""
    return [*((text, 1, 1) for text in texts[:-1]), (texts[-1], width - len(texts) + 1, 1)]


def _html_table(rows: list[Row]) -> str:
    lines = (
        "".join(f'<td colspan="{w}" rowspan="{h}"><p>{escape(t)}</p></td>' for t, w, h in row) for row in rows
    )
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def _flat(row: Row) -> str:
    return "\t".join(text for text, _, _ in row)


def _boxes(rows: list[Row]) -> list[tuple[tuple[int, int, int, int], str]]:
    """((column, row, width, height), text) of every box."""
    taken: set[tuple[int, int]] = set()
    found = []
    for at, row in enumerate(rows):
        column = 0
        for text, width, height in row:
            while (at, column) in taken:
                column += 1
            taken |= {(at + down, column + right) for down in range(height) for right in range(width)}
            found.append(((column, at, width, height), text))
    return found


def _word_table(document: object, rows: list[Row]) -> None:
    boxes = _boxes(rows)
    widest = max(box[0] + box[2] for box, _ in boxes)
    table = document.add_table(len(rows), widest)  # type: ignore[attr-defined]
    # Asked for once: the library looks through the whole table for each cell.
    cells = [row.cells for row in table.rows]
    for (left, top, width, height), text in boxes:
        cell = cells[top][left]
        if (width, height) != (1, 1):
            cell = cell.merge(cells[top + height - 1][left + width - 1])
        cell.text = text


def _words(x: float, y: float, text: str, size: int) -> str:
    return f"BT /F1 {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET" if text else ""


def _pdf(content: bytes) -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 3000]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>",
    ]
    body, places = b"%PDF-1.5\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + head + table + tail
