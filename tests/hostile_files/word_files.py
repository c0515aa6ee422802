"""Word files: tables that claim millions of columns, deep nesting, long merges, parts without number."""

from collections.abc import Callable, Mapping

from tests.hostile_files.archives import packed, sound_word

W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CELL = b"<w:tc>%s<w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>"


def word(body: bytes, **parts: bytes) -> bytes:
    text = b"<w:document %s><w:body>%s</w:body></w:document>" % (W, body)
    return packed(
        sound_word()
        | {"word/document.xml": text, **{f"word/{name}.xml": body for name, body in parts.items()}}
    )


def table(rows: int, columns: int, properties: bytes = b"") -> bytes:
    cell = CELL % (b"<w:tcPr>%s</w:tcPr>" % properties if properties else b"")
    return word(b"<w:tbl>" + (b"<w:tr>" + cell * columns + b"</w:tr>") * rows + b"</w:tbl>")


def nested(
    opening: bytes, closing: bytes, depth: int, inside: bytes = b"<w:p><w:r><w:t>1</w:t></w:r></w:p>"
) -> bytes:
    return word(opening * depth + inside + closing * depth)


def linked(count: int) -> bytes:
    """Relationships without number, to outside."""
    rels = sound_word()["word/_rels/document.xml.rels"]
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    more = b"".join(
        b'<Relationship Id="x%d" Type="%s" Target="http://127.0.0.1:9/%d" TargetMode="External"/>'
        % (n, kind, n)
        for n in range(count)
    )
    return packed(
        sound_word()
        | {"word/_rels/document.xml.rels": rels.replace(b"</Relationships>", more + b"</Relationships>")}
    )


def circular() -> bytes:
    """A header that is related to the document, and the document to it."""
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
    rels = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    back = rels + b'<Relationship Id="r1" Type="' + kind + b'" Target="document.xml"/></Relationships>'
    own = sound_word()["word/_rels/document.xml.rels"]
    parts = {
        "word/_rels/document.xml.rels": own.replace(
            b"</Relationships>",
            b'<Relationship Id="c1" Type="' + kind + b'" Target="styles.xml"/></Relationships>',
        ),
        "word/_rels/styles.xml.rels": back,
    }
    return packed(sound_word() | parts)


ATTACKS: Mapping[str, Callable[[], bytes]] = {
    "300 k cells.docx": lambda: table(3_000, 100),
    "3 million empty paragraphs.docx": lambda: word(b"<w:p/>" * 3_000_000),
    "3 million runs.docx": lambda: word(b"<w:p>" + b"<w:r/>" * 3_000_000 + b"</w:p>"),
    "gridSpan of a million.docx": lambda: table(5_000, 50, b'<w:gridSpan w:val="1000000"/>'),
    "gridBefore of a million.docx": lambda: word(
        b'<w:tbl>' + (b'<w:tr><w:trPr><w:gridBefore w:val="99999"/></w:trPr>' + CELL % b"" * 2 + b"</w:tr>") * 3_000 + b"</w:tbl>"
    ),
    "vMerge of long cells.docx": lambda: word(
        b"<w:tbl><w:tr>" + b'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>' + b"x" * 1_900
        + b"</w:t></w:r></w:p></w:tc>" + CELL % b"" + b"</w:tr>"
        + (b"<w:tr>" + CELL % b"<w:tcPr><w:vMerge/></w:tcPr>" * 50 + b"</w:tr>") * 5_000 + b"</w:tbl>"
    ),
    "nested tables.docx": lambda: nested(b"<w:tbl><w:tr><w:tc>", b"</w:tc></w:tr></w:tbl>", 80),
    "nested tables beyond the parser.docx": lambda: nested(b"<w:tbl><w:tr><w:tc>", b"</w:tc></w:tr></w:tbl>", 50_000),
    "nested tables side by side.docx": lambda: word(
        (b"<w:tbl><w:tr><w:tc>" * 60 + CELL % b"" + b"</w:tc></w:tr></w:tbl>" * 60) * 3_000
    ),
    "nested controls.docx": lambda: nested(b"<w:sdt><w:sdtContent>", b"</w:sdtContent></w:sdt>", 100),
    "nested runs.docx": lambda: nested(b"<w:ins><w:r>", b"</w:r></w:ins>", 30_000),
    "a paragraph of 9 MB.docx": lambda: word(b"<w:p><w:r><w:t>" + b"x" * 9_000_000 + b"</w:t></w:r></w:p>"),
    "many long paragraphs.docx": lambda: word((b"<w:p><w:r><w:t>" + b"x" * 1_000_000 + b"</w:t></w:r></w:p>") * 35),
    "one element with 100 k attributes.docx": lambda: word(
        b"<w:p " + b" ".join(b'a%d="1"' % n for n in range(100_000)) + b"/>"
    ),
    "100 k namespaces.docx": lambda: word(b"<w:p " + b" ".join(b'xmlns:n%d="u%d"' % (n, n) for n in range(100_000)) + b"/>"),
    "500 k styles.docx": lambda: word(
        b"<w:p/>", styles=b"<w:styles %s>%s</w:styles>" % (W, b"<w:style><w:name w:val='x'/></w:style>" * 500_000)
    ),
    "20 k links outside.docx": lambda: linked(20_000),
    "parts in a circle.docx": circular,
}  # fmt: skip
