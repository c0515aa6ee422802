"""A document as the checker of score tables takes it. Pure."""

from collections.abc import Iterator, Sequence

from crawler.documents.document import Document, Grid, Paragraph, alone
from monitor.scores.printed import paper as printed
from monitor.scores.printed.paper import GridRow, Paper

CAPTIONS = 4
LONGEST_CAPTION = 60


def paper_of(document: Document) -> Paper:
    """The paragraphs and tables of a document. Rows of tables that say one thing only are
    paragraphs too: titles and notes."""
    paragraphs, grids, above = list[printed.Paragraph](), list[printed.Grid](), list[str]()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            paragraphs.append(printed.Paragraph(block.line or len(paragraphs) + 1, block.text))
            above.append(block.text)
        elif isinstance(block, Grid):
            paragraphs += _titles(block)
            name = block.name or f"第 {len(grids) + 1} 个表"
            grids.append(printed.Grid(name, tuple(_rows(block)), captions_of(above)))
            above = []
    return Paper(tuple(paragraphs), tuple(grids))


def _titles(grid: Grid) -> Iterator[printed.Paragraph]:
    for number, row in enumerate(grid.rows, start=1):
        if text := alone(row):
            yield printed.Paragraph(row[0].line or number, text)


def _rows(grid: Grid) -> Iterator[GridRow]:
    for number, row in enumerate(grid.rows, start=1):
        covered = frozenset(at for at, cell in enumerate(row) if cell.across or cell.carried)
        lines = tuple(cell.line for cell in row if cell.line is not None)
        yield GridRow(number, tuple(cell.text for cell in row), covered, lines)


def captions_of(above: Sequence[str]) -> tuple[str, ...]:
    """The short paragraphs right above a table, back to 附件: no sentence is among them."""
    captions: list[str] = []
    for text in reversed(above[-CAPTIONS:]):
        if text.endswith(("。", "；", "！", "，")) or len(text) > LONGEST_CAPTION:
            break
        captions.insert(0, text)
        if text.startswith("附"):
            break
    return tuple(captions)
