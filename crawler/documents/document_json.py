"""The neutral document as JSON: how it comes out of the process that parsed it."""

from datetime import date
from typing import Any

from crawler.documents.document import Block, Document, Grid, GridCell, Paragraph, Picture

Json = Any


def pack(document: Document) -> Json:
    """A document as JSON takes it: a picture is null, a table a list, a plain cell its text alone."""
    return {
        "kind": document.kind,
        "title": document.title,
        "published": document.published and document.published.isoformat(),
        "blocks": [_packed(block) for block in document.blocks],
    }


def unpack(packed: Json) -> Document:
    """The document that was packed."""
    day = packed["published"]
    blocks = tuple(_unpacked(each) for each in packed["blocks"])
    return Document(packed["kind"], blocks, packed["title"], day and date.fromisoformat(day))


def _packed(block: Block) -> Json:
    if isinstance(block, Paragraph):
        return {"text": block.text, "head": block.head, "line": block.line}
    if isinstance(block, Picture):
        return None
    return [block.name, [[_packed_cell(cell) for cell in row] for row in block.rows]]


def _packed_cell(cell: GridCell) -> Json:
    plain = not (cell.carried or cell.across) and cell.line is None
    return cell.text if plain else [cell.text, cell.carried, cell.across, cell.line]


def _unpacked(packed: Json) -> Block:
    if packed is None:
        return Picture()
    if isinstance(packed, dict):
        return Paragraph(**packed)
    name, rows = packed
    return Grid(tuple(tuple(_unpacked_cell(cell) for cell in row) for row in rows), name)


def _unpacked_cell(packed: Json) -> GridCell:
    return GridCell(packed) if isinstance(packed, str) else GridCell(*packed)
