"""Text and CSV files. Flattened text knows four forms of a table: a row a line, its cells apart by tabs, by bars
or (numbers after words) by blanks; or a cell a line, each after a tab, with blank lines between the rows."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from crawler.documents.document import Block, Document, Grid, GridCell, Paragraph, Row, collapse_blanks
from rules.errors import WrongInput

MOST_LINES = 50_000  # beyond any report
MOST_CELLS = 60  # of a row; the widest table of the annual form has 15
LONGEST_LINE = 100_000  # characters read of a line
LONGEST_ROW = 200  # characters; a longer line with numbers at its end is a sentence
LONGEST_CELL = 60  # characters; a longer indented line is a paragraph
_TAG = re.compile(r"</?(?:b|strong|i|em|u|span|font|p|br)\b[^<>]{0,200}>", re.IGNORECASE)
_STARS = re.compile(r"\*{2,}|^#{1,6} +|^[>] ?")
_RULE = re.compile(r"[\s|:+\-—=]*")
_BARS = re.compile(r"[|｜│]")
_TAIL = re.compile(r"[-+－]?[\d０-９][\d０-９,，.．]{0,20}(?:分|%|％|件|条|万元)?|/|-|—{1,2}|无|零|〇")
_SERIAL = re.compile(r"\d{1,3}")


@dataclass(slots=True)
class Run:
    """Lines that belong together: one row, or (`single`) a cell a line. `lead` is a line without a tab that
    begins it; `loose`: its cells stood apart by blanks only."""

    cells: list[str]
    lines: list[int]
    single: bool = False
    lead: str = ""
    loose: bool = False


@dataclass(slots=True)
class _Page:
    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    def take(self, run: Run) -> None:
        """A row; where its cells stood apart by blanks, the line above with as many words heads it."""
        above = self.blocks[-1] if self.blocks and not self.runs else None
        if run.loose and isinstance(above, Paragraph):
            words = above.text.split(" ")
            if len(words) == len(run.cells) and above.line is not None:
                self.blocks.pop()
                self.runs.append(Run(words, [above.line] * len(words)))
        self.runs.append(run)

    def close(self) -> None:
        """The runs gathered so far are a table."""
        rows = [_row(run) for run in _whole(self.runs)]
        self.blocks += [Grid(tuple(rows))] if rows else []
        self.runs = []


def read_text(text: str, kind: str = "txt") -> Document:
    """A document of a text, lines counted from 1. Never raises."""
    page = _Page()
    for piece in _pieces(re.split(r"\r\n|\r|\n", text)[:MOST_LINES]):
        if isinstance(piece, Run):
            page.take(piece)
            continue
        page.close()
        page.blocks.append(piece)
    page.close()
    return Document(kind, tuple(page.blocks))


def read_csv(text: str, name: str = "") -> Document:
    """The whole text as one table; commas, semicolons or tabs. Raises WrongInput."""
    delimiter = max(",;\t", key=text[:4000].count)
    try:
        rows = [
            tuple(GridCell(collapse_blanks(cell)) for cell in cells)
            for cells in csv.reader(io.StringIO(text), delimiter=delimiter)
        ]
    except csv.Error:
        raise WrongInput("这个文件无法作为 CSV 读取，请检查引号与分隔符。") from None
    return Document("csv", (Grid(tuple(rows), name),))


def read_row(line: str) -> list[str] | None:
    """The cells of a line of a table; [] for a ruling line; None if the line is none."""
    if _is_tabbed(line):
        cells = line.split("\t")
    elif len(_BARS.findall(line)) >= 2:
        cells = _BARS.split(line)
        cells = cells[0 if cells[0].strip() else 1 : len(cells) if cells[-1].strip() else -1]
    else:
        return _numbers_after_words(collapse_blanks(bare(line)))
    if "--" in line and all(_RULE.fullmatch(cell) for cell in cells):
        return []
    return [collapse_blanks(bare(cell)) for cell in cells[:MOST_CELLS]]


def bare(line: str) -> str:
    """A line without the marks that a conversion left: # and ** of Markdown, <b> of HTML."""
    return _STARS.sub("", _TAG.sub("", line).strip())


def _pieces(lines: Sequence[str]) -> Iterator[Paragraph | Run]:
    n = 0
    while n < len(lines):
        line, n = lines[n][:LONGEST_LINE], n + 1
        if not line.strip():
            continue
        row = read_row(line)
        if row is not None:
            if row:
                yield Run(row, [n] * len(row), loose=not _is_tabbed(line))
            continue
        lead = not _is_cell(line)
        first = n if lead else n - 1
        end = first
        while end < len(lines) and _is_cell(lines[end]):
            end += 1
        if end == first:
            yield Paragraph(collapse_blanks(bare(line)), line=n)
            continue
        cells = [collapse_blanks(bare(cell)) for cell in lines[first:end]]
        yield Run(cells, [*range(first + 1, end + 1)], True, line.strip() if lead else "")
        n = end


def _is_tabbed(line: str) -> bool:
    """Cells with tabs between them; a line that is only indented is none."""
    return "\t" in line.strip("\t") or (line.endswith("\t") and bool(line.strip()))


def _is_cell(line: str) -> bool:
    text = line.strip()
    return (
        line.startswith("\t") and 0 < len(text) <= LONGEST_CELL and text[-1] != "。" and not _is_tabbed(line)
    )


def _numbers_after_words(line: str) -> list[str] | None:
    if len(line) > LONGEST_ROW or "。" in line:
        return None
    words = line.split(" ")
    tail = 0
    while tail < len(words) and _TAIL.fullmatch(words[-1 - tail]):
        tail += 1
    if tail < 3:
        return None
    label, numbers = words[: len(words) - tail], words[len(words) - tail :]
    serial = [label.pop(0)] if len(label) > 1 and _SERIAL.fullmatch(label[0]) else []
    return [*serial, *([" ".join(label)] if label else []), *numbers]


def _whole(runs: list[Run]) -> list[Run]:
    """Rows of one cell a line, put together again where a cell's own line break had cut them in two."""
    widths = Counter(len(run.cells) for run in runs if run.single)
    width = max(widths, key=lambda w: (widths[w], w), default=0)
    whole: list[Run] = []
    for run in runs:
        last = whole[-1] if whole else None
        if last and last.single and run.lead and len(last.cells) + len(run.cells) == width:
            last.cells[-1] += run.lead
            last.cells += run.cells
            last.lines += run.lines
        else:
            whole.append(run)
    return whole


def _row(run: Run) -> Row:
    return tuple(GridCell(text, line=line) for text, line in zip(run.cells, run.lines, strict=True))
