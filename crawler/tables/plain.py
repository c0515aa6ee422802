"""Tables of .csv and .txt files. Flattened text knows two forms: a row a line with tabs between the cells, or
a cell a line, each after a tab, with blank lines between the rows."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crawler.tables.wordfile import captions_of
from rules.errors import WrongInput
from rules.scores.printed import Grid, GridRow, Paper, Paragraph

MOST_CELLS = 400_000
ENCODINGS = ("utf-8-sig", "gb18030")


def read_csv(path: Path) -> Paper:
    """The whole file as one table; commas, semicolons or tabs."""
    source = decode(path)
    delimiter = max(",;\t", key=source[:4000].count)
    try:
        rows = [
            GridRow(number, tuple(cell.strip() for cell in cells))
            for number, cells in enumerate(csv.reader(io.StringIO(source), delimiter=delimiter), start=1)
        ]
    except csv.Error:
        raise WrongInput(f"文件 {path} 无法作为 CSV 读取，请检查引号与分隔符。") from None
    _refuse_large(path, rows)
    titles = [Paragraph(row.number, row.tokens[0][1]) for row in rows if len(row.tokens) == 1]
    return Paper(tuple(titles), (Grid(path.stem, tuple(rows)),))


def decode(path: Path) -> str:
    """A text file's text: UTF-8, UTF-16 with its mark, or GB18030. Raises WrongInput."""
    raw = path.read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    for encoding in ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise WrongInput(f"文件 {path} 的编码无法识别，请用 UTF-8 保存。")


def _refuse_large(path: Path, rows: Sequence[GridRow]) -> None:
    if sum(len(row.cells) for row in rows) > MOST_CELLS:
        raise WrongInput(f"文件 {path} 中的表格过大，没有读取。")


@dataclass(slots=True)
class Run:
    """Lines that belong together: cells of one row (`single`) or one line of a row; or a paragraph."""

    line: int
    cells: list[str]
    lines: list[int]
    single: bool = False
    lead: str = ""


@dataclass(slots=True)
class _Page:
    paragraphs: list[Paragraph] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    def close(self) -> None:
        """The runs gathered so far are a table."""
        if self.runs:
            rows = tuple(
                GridRow(n, tuple(run.cells), lines=tuple(run.lines))
                for n, run in enumerate(_whole(self.runs), start=1)
            )
            self.grids.append(Grid(f"第 {len(self.grids) + 1} 个表", rows, captions_of(self.above)))
            self.runs, self.above = [], []


def read_text(path: Path) -> Paper:
    """Paragraphs by line, and the tables between them."""
    lines = decode(path).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    page = _Page()
    for number, text, runs in _pieces(lines):
        if runs:
            page.runs.append(runs)
            continue
        page.close()
        page.paragraphs.append(Paragraph(number, text))
        page.above.append(text)
    page.close()
    for grid in page.grids:
        _refuse_large(path, grid.rows)
    return Paper(tuple(page.paragraphs), tuple(page.grids))


def _pieces(lines: Sequence[str]) -> Iterator[tuple[int, str, Run | None]]:
    """(line, paragraph, None) or (line, "", run) for every piece, blank lines dropped."""
    n = 0
    while n < len(lines):
        text = lines[n]
        if not text.strip():
            n += 1
        elif _is_row(text):
            cells = text.split("\t")
            yield n + 1, "", Run(n + 1, [cell.strip() for cell in cells], [n + 1] * len(cells))
            n += 1
        else:
            lead = 0 if _is_cell(text) else 1
            end = n + lead
            while end < len(lines) and _is_cell(lines[end]):
                end += 1
            if end > n + lead:
                cells = [line.strip() for line in lines[n + lead : end]]
                yield (
                    n + 1,
                    "",
                    Run(n + 1, cells, [*range(n + lead + 1, end + 1)], True, text if lead else ""),
                )
            else:
                yield n + 1, text.strip(), None
            n = max(end, n + 1)


def _is_row(text: str) -> bool:
    """Cells with tabs between them; a text that is only indented is none."""
    return "\t" in text.strip("\t") or (text.endswith("\t") and bool(text.strip()))


def _is_cell(text: str) -> bool:
    return text.startswith("\t") and bool(text.strip()) and not _is_row(text)


def _whole(runs: list[Run]) -> list[Run]:
    """Rows of one cell a line, put together again where a cell's own line break had cut them in two."""
    widths = Counter(len(run.cells) for run in runs if run.single)
    if not widths:
        return runs
    width = max(widths, key=lambda w: (widths[w], w))
    whole: list[Run] = []
    for run in runs:
        last = whole[-1] if whole else None
        if last and last.single and run.lead and len(last.cells) + len(run.cells) == width:
            last.cells[-1] += run.lead.strip()
            last.cells += run.cells
            last.lines += run.lines
        else:
            whole.append(run)
    return whole
