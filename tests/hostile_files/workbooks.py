"""Workbooks: ranges that cover the whole sheet, millions of cells, shared strings that repeat, rows without end."""

from collections.abc import Callable, Mapping

from tests.hostile_files.archives import packed, sound_workbook

SHEET = "xl/worksheets/sheet1.xml"
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATED = b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
ROW = b'<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'


def sheet(rows: bytes = ROW, after: bytes = b"", before: bytes = b"", **parts: bytes) -> bytes:
    """A workbook whose one sheet has these rows, with what stands around them."""
    text = b"<worksheet %s %s>%s<sheetData>%s</sheetData>%s</worksheet>" % (
        MAIN,
        RELATED,
        before,
        rows,
        after,
    )
    return packed(
        sound_workbook() | {SHEET: text, **{f"xl/{name}.xml": body for name, body in parts.items()}}
    )


def merged(*areas: bytes) -> bytes:
    cells = b"".join(b'<mergeCell ref="%s"/>' % area for area in areas)
    return sheet(after=b"<mergeCells>%s</mergeCells>" % cells)


def cells(rows: int, columns: int, cell: bytes = b"<c><v>1</v></c>") -> bytes:
    return sheet((b"<row>" + cell * columns + b"</row>") * rows)


def strings(text: bytes, uses: int, entries: int = 1) -> bytes:
    """Cells that all show one long shared string, or many that are never shown."""
    table = b"<sst %s>%s</sst>" % (MAIN, (b"<si><t>%s</t></si>" % text) * entries)
    row = b"<row>" + b'<c t="s"><v>0</v></c>' * 100 + b"</row>"
    parts = sound_workbook()
    types = parts["[Content_Types].xml"]
    if b"sharedStrings" not in types:
        types = types.replace(
            b"</Types>",
            b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument'
            b'.spreadsheetml.sharedStrings+xml"/></Types>',
        )
    text_of_sheet = b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (MAIN, row * (uses // 100))
    return packed(parts | {"[Content_Types].xml": types, "xl/sharedStrings.xml": table, SHEET: text_of_sheet})


def styles(count: int) -> bytes:
    formats = b"".join(b'<numFmt numFmtId="%d" formatCode="0.%d"/>' % (164 + n, n) for n in range(count))
    fonts = b"<font><sz val='11'/></font>" * count
    text = b"<styleSheet %s><numFmts>%s</numFmts><fonts>%s</fonts></styleSheet>" % (MAIN, formats, fonts)
    return sheet(styles=text)


def names(count: int) -> bytes:
    book = sound_workbook()["xl/workbook.xml"]
    many = b"".join(
        b'<definedName name="n%d">Sheet!$A$1:$XFD$1048576</definedName>' % n for n in range(count)
    )
    return packed(sound_workbook() | {"xl/workbook.xml": book.replace(b"<definedNames />", b"").replace(
        b"</sheets>", b"</sheets><definedNames>" + many + b"</definedNames>")})  # fmt: skip


ATTACKS: Mapping[str, Callable[[], bytes]] = {
    "one merged cell over the sheet.xlsx": lambda: merged(b"A1:XFD1048576"),
    "merged columns.xlsx": lambda: merged(
        *(b"A%d:XFD%d" % (n * 900 + 1, n * 900 + 900) for n in range(1_000))
    ),
    "merged backwards.xlsx": lambda: merged(b"XFD1048576:A1"),
    "100 k merged cells.xlsx": lambda: merged(*(b"A%d:B%d" % (n, n + 1) for n in range(1, 100_000))),
    "a link over the sheet.xlsx": lambda: sheet(
        after=b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>'
    ),
    "a formula over the sheet.xlsx": lambda: sheet(
        b'<row r="1"><c r="A1"><f t="array" ref="A1:XFD1048576">1</f><v>1</v></c></row>'
    ),
    "a rule over the sheet.xlsx": lambda: sheet(
        after=b'<conditionalFormatting sqref="%s"><cfRule type="expression" priority="1"><formula>1</formula></cfRule>'
        b"</conditionalFormatting>" % b" ".join([b"A1:XFD1048576"] * 20_000)
    ),
    "2.5 million cells.xlsx": lambda: cells(2_500, 1_000),
    "2.5 million empty cells.xlsx": lambda: cells(2_500, 1_000, b"<c/>"),
    "a million rows.xlsx": lambda: sheet(b"<row/>" * 1_000_000),
    "a formula in each of 300 k cells.xlsx": lambda: cells(300, 1_000, b"<c><f>A1+1</f></c>"),
    "a long inline string.xlsx": lambda: sheet(
        b'<row><c t="inlineStr"><is><t>' + b"x" * 11_000_000 + b"</t></is></c></row>"
    ),
    "one string shown 100 k times.xlsx": lambda: strings(b"x" * 30_000, 100_000),
    "a million strings never shown.xlsx": lambda: strings(b"x", 100, 1_000_000),
    "a string of 12 MB.xlsx": lambda: strings(b"y" * 11_000_000, 100),
    "the last cell alone.xlsx": lambda: sheet(
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    ),
    "a row beyond the last.xlsx": lambda: sheet(
        b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'
    ),
    "rows far apart.xlsx": lambda: sheet(
        b"".join(
            b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n * 1000, n * 1000) for n in range(1, 1000)
        )
    ),
    "a number of 10 MB.xlsx": lambda: sheet(b"<row><c><v>" + b"9" * 10_000_000 + b"</v></c></row>"),
    "a huge exponent.xlsx": lambda: sheet(b"<row><c><v>1e308</v></c><c><v>1e999999</v></c></row>"),
    "300 k styles.xlsx": lambda: styles(300_000),
    "100 k names.xlsx": lambda: names(100_000),
    "deep.xlsx": lambda: sheet(b"<row>" + b"<c>" * 100_000),
    "one cell with 100 k attributes.xlsx": lambda: sheet(
        b"<row><c " + b" ".join(b'a%d="1"' % n for n in range(100_000)) + b"/></row>"
    ),
}
