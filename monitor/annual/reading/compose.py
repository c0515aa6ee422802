"""From the neutral document to the report: whose, which year, headings, sentences, tables."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from crawler.documents.document import Block, Document, Grid, GridCell, Paragraph, Picture, Row, alone
from monitor.annual.checks.numbers import even, read_number
from monitor.annual.checks.report import Report, Sentence
from monitor.annual.reading.broken_rows import mended
from monitor.annual.reading.headings import chosen, heading_of, pieces
from monitor.annual.reading.table_rows import TableReader

LONGEST_TITLE = 50  # characters of a line of the title
MOST_TITLE_LINES = 8  # titles are set in up to four lines, with blank ones and a file number
MOST_CANDIDATES = 200  # paragraphs before the first heading that are tried as titles
LONGEST_CANDIDATE = 300  # characters tried of each
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
_TITLE = re.compile(
    r"(?P<before>[^。，]{0,60}?)(?<!\d)(?P<year>20[0-4]\d)(?!\d) ?(?:年度?)? ?(?P<after>[^。，]{0,40}?)"
    r"(?:政府信息|政务|信息)(?:公开)?[^。]{0,12}?(?:年度报告|年报|报告)"
)
_PERIOD = re.compile(r"(20[0-4]\d) ?年 ?0?1 ?月 ?0?1 ?日")
_BETWEEN = re.compile(r"[>»›|]|当前位置")
_ROWLIKE = re.compile(r"[^。]{0,80}")


def report_of(document: Document) -> Report:
    """The report that a document holds. Never raises: what is not there stays empty."""
    whole = mended(document.blocks) if document.kind == "pdf" else document.blocks
    blocks = [piece for block in whole for piece in _cut(block)]
    heads = chosen(blocks)
    first = min(heads, default=len(blocks))
    unit, year, title = _title(document.title, blocks[:first])
    stated = _PERIOD.search(even("".join(b.text for b in blocks[:first] if isinstance(b, Paragraph))))
    report = Report(
        title=title,
        unit=unit,
        year=year or (int(stated[1]) if stated else None),
        period_year=int(stated[1]) if stated else None,
        kind=document.kind,
        published=document.published,
        headings=tuple(heads[at] for at in sorted(heads)),
    )
    return _fill(report, blocks, {at: heading.section for at, heading in heads.items()})


def _cut(block: Block) -> Iterator[Block]:
    """Paragraphs at headings in their midst, tables at rows of prose: a whole report may stand in one table."""
    if isinstance(block, Paragraph):
        yield from (Paragraph(piece, block.head) for piece in pieces(block.text) if piece)
    elif isinstance(block, Grid):
        rows: list[Row] = []
        for row in block.rows:
            said = [alone(row)] if alone(row) else _headed(row)
            if said:
                yield from [Grid(tuple(rows))] if rows else []
                yield from (Paragraph(piece) for text in said for piece in pieces(text) if piece)
                rows = []
            rows.append(row)
        yield Grid(tuple(rows))
    else:
        yield block


def _headed(row: Row) -> list[str]:
    """The texts of a row that begins with a heading and goes on with what stands under it."""
    texts = [cell.text for cell in row if cell.text and not cell.across and not cell.carried]
    return texts if texts and heading_of(texts[0]) else []


def _fill(report: Report, blocks: list[Block], starts: dict[int, int]) -> Report:
    """The report with its prose and its tables."""
    reader = TableReader()
    prose: list[Sentence] = []
    section, placed = 0, list[tuple[int, Block]]()
    for at, block in enumerate(blocks):
        section = starts.get(at, section)
        placed.append((section, block))
    # The sections that hold a real table.
    grids = {s for s, b in placed if isinstance(b, Grid) and any(not alone(row) for row in b.rows)}
    for at, (section, block) in enumerate(placed):
        if isinstance(block, Grid):
            for row in block.rows:
                reader.take(row, section)
        elif isinstance(block, Paragraph) and at not in starts:
            if section in (2, 3, 4) and (section not in grids or not report.structured):
                reader.take(_row_of(block.text), section)
            prose += _sentences(block.text, section, at)
    return replace(
        report,
        form=reader.form,
        prose=tuple(prose),
        cells=reader.cells,
        ragged=frozenset(reader.ragged),
        pictures=frozenset(section for section, block in placed if isinstance(block, Picture)),
        grids=frozenset(grids),
    )


def _sentences(text: str, section: int, paragraph: int) -> Iterator[Sentence]:
    for match in _SENTENCE.finditer(text):
        if words := match.group().strip():
            yield Sentence(section, paragraph, words)


def _row_of(text: str) -> Row:
    """A short line as a row of a table, where a conversion has lost its cells: its words, numbers last."""
    if not _ROWLIKE.fullmatch(text):
        return ()
    words = text.split(" ")
    tail = list(takewhile(lambda word: read_number(word) is not None, reversed(words)))
    label = words[: len(words) - len(tail)]
    whole = ["".join(label)] if tail and label else label
    return tuple(GridCell(word) for word in (*whole, *reversed(tail)))


def _title(given: str, before: list[Block]) -> tuple[str, int | None, str]:
    """The unit's name, the year and the title: from the format's own title, else from the lines on top."""
    lines: list[str] = []
    for block in before[:MOST_TITLE_LINES]:
        if not isinstance(block, Paragraph) or len(block.text) > LONGEST_TITLE or "。" in block.text:
            break
        lines.append(block.text)
    singles = [block.text for block in before[:MOST_CANDIDATES] if isinstance(block, Paragraph)]
    for candidate in (given, " ".join(lines), *singles):
        match = _TITLE.search(even(candidate[:LONGEST_CANDIDATE])) if candidate else None
        if match:
            unit = _unit(match["before"]) or _unit(match["after"])
            return unit, int(match["year"]), candidate.strip()[: 2 * LONGEST_TITLE]
    return "", None, given or " ".join(lines)


def _unit(words: str) -> str:
    name = _BETWEEN.split(words)[-1].replace(" ", "").strip("：:《》“”-_")
    return name if 2 < len(name) <= 40 else ""
