"""PDF files: streams that are shared, nested, packed several times or never end; trees and tables that bite their tail."""

import zlib
from collections.abc import Callable, Mapping, Sequence

PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 4 0 R>>%s>>/Contents %s>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
TEXT = b"BT /F 12 Tf 10 700 Td (words) Tj ET\n"


def stream(data: bytes, extra: bytes = b"", packed: bool = True) -> bytes:
    body = zlib.compress(data, 9) if packed else data
    filters = b"/Filter/FlateDecode" if packed else b""
    return b"<</Length %d%s%s>>\nstream\n%s\nendstream" % (len(body), filters, extra, body)


def pdf(objects: Sequence[bytes], trailer: bytes = b"", xref: bool = True) -> bytes:
    """A file of numbered objects, the first of which is the catalogue; `trailer`: more of its dictionary."""
    pieces, places, start = [b"%PDF-1.7\n"], list[int](), 9
    for number, one in enumerate(objects, 1):
        places.append(start)
        pieces.append(b"%d 0 obj\n%s\nendobj\n" % (number, one))
        start += len(pieces[-1])
    body = b"".join(pieces)
    if xref:
        body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        body += b"".join(b"%010d 00000 n \n" % at for at in places)
    return body + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        start,
    )


def pages(
    contents: bytes, count: int = 1, resources: bytes = b"", more: Sequence[bytes] = (), root: bytes = b""
) -> bytes:
    """A file of pages that all show one content stream (object 5)."""
    kids = b" ".join(b"%d 0 R" % (6 + len(more) + n) for n in range(count))
    return pdf([
        b"<</Type/Catalog/Pages 2 0 R%s>>" % root,
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        b"null",
        FONT,
        contents,
        *more,
        *[PAGE % (resources, b"5 0 R")] * count,
    ])  # fmt: skip


def shared(text: bytes, count: int) -> bytes:
    return pages(stream(text), count)


def forms(depth: int, width: int) -> bytes:
    """Forms that each paint the next one several times."""
    made = []
    for level in range(depth):
        inner = b"/X Do " * width if level < depth - 1 else TEXT
        names = b"/Resources<</Font<</F 4 0 R>>/XObject<</X %d 0 R>>>>" % (7 + level)
        made.append(stream(inner, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]" + names))
    return pages(stream(b"/X Do\n" + TEXT), 1, b"/XObject<</X 6 0 R>>", made)


def object_stream(depth: int) -> bytes:
    """Object streams that each say they extend the next, packed one over the other."""
    made = []
    for n in range(depth):
        inner = b"1 0 <</A 1>>" + b" " * 100_000
        made.append(stream(inner, b"/Type/ObjStm/N 100000/First 4/Extends %d 0 R" % (7 + (n + 1) % depth)))
    return pages(stream(TEXT), 1, more=made)


def filtered(data: bytes, *filters: bytes) -> bytes:
    names = b" ".join(b"/" + one for one in filters)
    body = b"<</Length %d/Filter[%s]>>\nstream\n%s\nendstream" % (len(data), names, data)
    return pages(body)


def deflated(data: bytes, times: int) -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    return filtered(data, *[b"FlateDecode"] * times)


def image(width: int, height: int) -> bytes:
    picture = stream(
        bytes(1000),
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceRGB"
        % (width, height),
    )
    return pages(stream(b"/I Do\n" + TEXT), 1, b"/XObject<</I 6 0 R>>", [picture])


def inline_images(count: int) -> bytes:
    return shared(b"BI /W 99999 /H 99999 /BPC 8 /CS /RGB ID xxxx EI\n" * count + TEXT, 1)


def mapped(entries: bytes) -> bytes:
    """A font whose letters are mapped to long texts."""
    cmap = (
        b"/CIDInit /ProcSet findresource begin 1 begincodespacerange <00> <FF> endcodespacerange\n" + entries
    )
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
    body = stream(b"BT /G 12 Tf (" + b"a" * 30_000 + b") Tj ET\n")
    return pages(body, 1, b"/Font<</G 7 0 R>>", [stream(cmap), font]).replace(
        b"/Font<</F 4 0 R>>/Font<<", b"/Font<</F 4 0 R "
    )


def outline(count: int) -> bytes:
    made = [
        b"<</Title(x)/First %d 0 R/Next %d 0 R/Parent 6 0 R>>" % (6 + (n + 1) % count, 6 + n // 2)
        for n in range(count)
    ]
    return pages(stream(TEXT), 1, more=made, root=b"/Outlines 6 0 R")


def looping_tree() -> bytes:
    return pdf([
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 5/Kids[3 0 R 3 0 R 2 0 R]>>",
        b"<</Type/Pages/Count 5/Kids[2 0 R 2 0 R 3 0 R]>>",
        FONT,
    ])  # fmt: skip


def deep_tree(depth: int, width: int = 2) -> bytes:
    """Folders of pages that each hold the next one twice: two to the depth pages."""
    made = [b"<</Type/Catalog/Pages 2 0 R>>"]
    for level in range(depth):
        made.append(b"<</Type/Pages/Count 99999/Kids[%s]>>" % b" ".join([b"%d 0 R" % (3 + level)] * width))
    return pdf([*made, b"<</Type/Page/MediaBox[0 0 9 9]/Contents %d 0 R>>" % (depth + 3), stream(TEXT)])


def looping_xref() -> bytes:
    """Tables of places that each name the other as the one before."""
    body = pages(stream(TEXT))
    first = body.rindex(b"xref\n0")
    second = body[first:].replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % first)
    return body.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % (len(body) + 5)) + second


def reference_loop() -> bytes:
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"3 0 R", b"2 0 R", FONT])


def deep_array(depth: int) -> bytes:
    return pages(stream(b"[" * depth + b"]" * depth + b" TJ\n" + TEXT), 1)


LZW = b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01"
ATTACKS: Mapping[str, Callable[[], bytes]] = {
    "300 pages share a stream.pdf": lambda: shared(TEXT * 40_000, 300),
    "300 pages share a drawing.pdf": lambda: shared(b"0 0 m 9 9 l S\n" * 100_000 + TEXT, 300),
    "60 pages of crossing lines.pdf": lambda: shared(
        b"".join(b"%d 0 m %d 800 l S 0 %d m 600 %d l S\n" % (n, n, n, n) for n in range(0, 2_900, 2)) + TEXT, 60
    ),
    "8 million operators.pdf": lambda: shared(b"q Q\n" * 8_000_000, 1),
    "one string of 30 MB.pdf": lambda: shared(b"BT /F 12 Tf (" + b"x" * 30_000_000 + b") Tj ET", 1),
    "forms within forms.pdf": lambda: forms(12, 9),
    "a form that paints itself.pdf": lambda: forms(1, 1).replace(b"/X 7 0 R", b"/X 6 0 R"),
    "object streams in a circle.pdf": lambda: object_stream(50),
    "an image of 100000 x 100000.pdf": lambda: image(100_000, 100_000),
    "inline images.pdf": lambda: inline_images(50_000),
    "deflated 15 times.pdf": lambda: deflated(b" " * 30_000_000, 15),
    "a deflate bomb.pdf": lambda: deflated(b"q Q " * 20_000_000, 1),
    "ascii85 of z.pdf": lambda: filtered(zlib.compress(b"z" * 10_000_000 + b"~>", 9), b"FlateDecode", b"ASCII85Decode"),
    "ascii hex.pdf": lambda: filtered(zlib.compress(b"20" * 15_000_000 + b">", 9), b"FlateDecode", b"ASCIIHexDecode"),
    "run length.pdf": lambda: filtered(zlib.compress(b"\x81 " * 500_000 + b"\x80", 9), b"FlateDecode", b"RunLengthDecode"),
    "lzw.pdf": lambda: filtered(zlib.compress(LZW * 3_000_000, 9), b"FlateDecode", b"LZWDecode"),
    "a hundred filters.pdf": lambda: filtered(b"x", *[b"ASCIIHexDecode"] * 100),
    "predictor of huge columns.pdf": lambda: pages(
        stream(bytes(1_000_000), b"/DecodeParms<</Predictor 15/Columns 2000000000>>")
    ),
    "letters that become texts.pdf": lambda: mapped(b"1 beginbfchar <61> <" + b"4E00" * 250 + b"> endbfchar\n"),
    "a map of millions of letters.pdf": lambda: mapped(b"1 beginbfrange <0000> <FFFFFFFF> <4E00> endbfrange\n"),
    "a map with 300 k lines.pdf": lambda: mapped(b"100 beginbfrange\n" + b"<0000> <FFFF> <4E00>\n" * 300_000 + b"endbfrange\n"),
    "an outline in a circle.pdf": lambda: outline(2_000),
    "a page tree in a circle.pdf": looping_tree,
    "two to the sixty pages.pdf": lambda: deep_tree(60),
    "a page tree of 3 000 levels.pdf": lambda: deep_tree(3_000, 1),
    "tables of places in a circle.pdf": looping_xref,
    "references in a circle.pdf": reference_loop,
    "no table of places, 30 k objects.pdf": lambda: pdf([b"<</Type/Catalog/Pages 2 0 R>>", *[b"<</A 1>>"] * 30_000], xref=False),
    "arrays within arrays.pdf": lambda: deep_array(100_000),
    "a declared length of 10 GB.pdf": lambda: pages(stream(TEXT)).replace(b"/Length ", b"/Length 9999999", 1),
    "a size of four billion objects.pdf": lambda: pages(stream(TEXT)).replace(b"/Size 6", b"/Size 4000000000"),
}  # fmt: skip
