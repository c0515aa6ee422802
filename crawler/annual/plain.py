"""Text files: lines as paragraphs; lines with tabs, bars or a tail of numbers as rows of a table."""

import re
from collections.abc import Iterator

from crawler.annual.document import Block, Document, Grid, GridCell, Paragraph, squeeze

MOST_LINES = 50_000
MOST_CELLS = 40
LONGEST_LINE = 100_000
_TAG = re.compile(r"</?(?:b|strong|i|em|u|span|font|p|br)\b[^<>]{0,200}>", re.IGNORECASE)
_STARS = re.compile(r"\*{2,}|^#{1,6} +|^[>] ?")
_RULE = re.compile(r"[\s|:+\-—=]*")


def read_text(text: str, kind: str = "txt") -> Document:
    """A document of a text. Never raises."""
    blocks: list[Block] = []
    rows: list[tuple[GridCell, ...]] = []
    for line in text.splitlines()[:MOST_LINES]:
        row = read_row(line[:LONGEST_LINE])
        if row is not None:
            rows += [row] if row else []
            continue
        blocks += _flush(rows)
        words = squeeze(bare(line[:LONGEST_LINE]))
        blocks += [Paragraph(words)] if words else []
    return Document(kind, (*blocks, *_flush(rows)))


def read_row(line: str) -> tuple[GridCell, ...] | None:
    """The cells of a line of a table; () for a ruling line; None if the line is prose."""
    for mark in ("\t", "|", "｜"):
        if line.count(mark) >= (1 if mark == "\t" else 2):
            cells = line.split(mark)[:MOST_CELLS]
            if mark != "\t" and not cells[0].strip():
                cells = cells[1:]
            if all(_RULE.fullmatch(cell) and "-" in cell for cell in cells if cell.strip()) and line.count(
                "--"
            ):
                return ()
            return tuple(GridCell(squeeze(bare(cell))) for cell in cells)
    return _numbers_after_words(squeeze(bare(line)))


def bare(line: str) -> str:
    """A line without the marks that a conversion left: # and ** of Markdown, <b> of HTML."""
    return _STARS.sub("", _TAG.sub("", line).strip())


def _numbers_after_words(line: str) -> tuple[GridCell, ...] | None:
    if len(line) > 200 or "。" in line:
        return None
    words = line.split(" ")
    tail = 0
    while tail < len(words) and _TAIL_WORD.fullmatch(words[-1 - tail]):
        tail += 1
    if tail < 3:
        return None
    label = " ".join(words[: len(words) - tail])
    return tuple(GridCell(text) for text in ([label] if label else []) + words[len(words) - tail :])


_TAIL_WORD = re.compile(r"[-+－]?\d[\d,，.]{0,20}|/|-|—")


def _flush(rows: list[tuple[GridCell, ...]]) -> Iterator[Block]:
    if rows:
        yield Grid(tuple(rows))
        rows.clear()
