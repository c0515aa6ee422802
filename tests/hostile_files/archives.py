"""Archives: bombs in other compressors, sizes that lie, entries without number or on top of one another, entities."""

import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO

from docx import Document
from openpyxl import Workbook

MEGABYTE = 1_000_000


def packed(parts: Mapping[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", how) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return buffer.getvalue()


def sound_word() -> dict[str, bytes]:
    """The parts of a Word file that says 公告正文."""
    buffer, document = BytesIO(), Document()
    document.add_paragraph("公告正文")
    document.save(buffer)
    return parts_of(buffer)


def sound_workbook() -> dict[str, bytes]:
    """The parts of a workbook with a name and a number."""
    buffer, book = BytesIO(), Workbook()
    book.active.append(["单位", "得分"])
    book.active.append(["教育局", 90])
    book.save(buffer)
    return parts_of(buffer)


def parts_of(file: BytesIO) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def bomb(how: int, name: str = "word/media/image1.png", size: int = 210 * MEGABYTE) -> bytes:
    return packed(sound_word() | {name: bytes(size)}, how)


def renamed_method(method: int) -> bytes:
    """A part that claims a compressor which zipfile does not know (93 is zstd)."""
    whole = bytearray(packed(sound_word() | {"word/document.xml": b"x" * 1000}, zipfile.ZIP_STORED))
    for mark, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        start = 0
        while (start := whole.find(mark, start)) >= 0:
            whole[start + at : start + at + 2] = struct.pack("<H", method)
            start += 4
    return bytes(whole)


def overlapping(entries: int = 1_000, size: int = MEGABYTE) -> bytes:
    """Many entries of the directory that all name the same stream: the quoted-overlap bomb."""
    stream = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = stream.compress(b" " * size) + stream.flush()
    crc = zlib.crc32(b" " * size)
    name = b"word/document.xml"
    local = struct.pack("<4sHHHHHLLLHH", b"PK\x03\x04", 20, 0, 8, 0, 33, crc, len(data), size, len(name), 0)
    directory = b""
    for n in range(entries):
        other = name if not n else b"word/part%d.xml" % n
        directory += struct.pack(
            "<4sHHHHHHLLLHHHHHLL", b"PK\x01\x02", 20, 20, 0, 8, 0, 33, crc, len(data), size, len(other), 0, 0, 0, 0, 0, 0
        ) + other  # fmt: skip
    head = local + name + data
    return (
        head
        + directory
        + struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, entries, entries, len(directory), len(head), 0)
    )


def lying(name: str, parts: Mapping[str, bytes], size: int = 60 * MEGABYTE) -> bytes:
    """The directory says 10 bytes, the stream holds far more."""
    body = packed({**parts, name: b" " * size})
    return body.replace(struct.pack("<L", size), struct.pack("<L", 10))


def nested(depth: int = 6) -> bytes:
    body = packed({"x.txt": bytes(10 * MEGABYTE)})
    for _ in range(depth):
        body = packed({f"{n}.zip": body for n in range(10)})
    return body


def crowded(entries: int = 20_000) -> bytes:
    return packed(sound_word() | {f"word/media/{n}.png": b"" for n in range(entries)}, zipfile.ZIP_STORED)


LAUGHS = (
    b'<!ENTITY a "' + b"ha" * 50 + b'">' + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(8))
)  # fmt: skip
ENTITIES: Mapping[str, tuple[bytes, bytes]] = {  # name → the document type, what is put into the root
    "laughs": (LAUGHS, b"&i;"),
    "quadratic": (b'<!ENTITY q "' + b"x" * 60_000 + b'">', b"&q;" * 60_000),
    "external": (b'<!ENTITY e SYSTEM "file:///etc/passwd">', b"&e;"),
    "parameter": (b'<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;', b""),
}


def with_entity(parts: Mapping[str, bytes], name: str, trick: str, before: bytes = b"") -> bytes:
    """A sound file one part of which brings a document type; `before`: what stands in front of it."""
    declared, used = ENTITIES[trick]
    text = parts[name].split(b"?>", 1)[-1].lstrip()
    close = text.rfind(b"</")
    text = text[:close] + used + text[close:] if close > 0 else text
    return packed({**parts, name: before + b"<!DOCTYPE r [" + declared + b"]>" + text})


def utf16_entity(name: str) -> bytes:
    """The same in UTF-16, where no byte says <!DOCTYPE."""
    declared, used = ENTITIES["laughs"]
    text = sound_word()[name].split(b"?>", 1)[-1].lstrip().decode()
    close = text.rfind("</")
    whole = f"<!DOCTYPE r [{declared.decode()}]>{text[:close]}{used.decode()}{text[close:]}"
    return packed(sound_word() | {name: whole.encode("utf-16")})


def _entities() -> dict[str, Callable[[], bytes]]:
    word = ("[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml", "docProps/core.xml")
    sheet = (
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
    )
    made: dict[str, Callable[[], bytes]] = {}
    for at, name in enumerate(word):
        trick = list(ENTITIES)[at % len(ENTITIES)]
        made[f"{trick} in {name}.docx"] = lambda name=name, trick=trick: with_entity(
            sound_word(), name, trick
        )
    for at, name in enumerate(sheet):
        trick = list(ENTITIES)[(at + 1) % len(ENTITIES)]
        made[f"{trick} in {name}.xlsx"] = lambda name=name, trick=trick: with_entity(
            sound_workbook(), name, trick
        )
    return made


ATTACKS: Mapping[str, Callable[[], bytes]] = {
    "bomb deflated.docx": lambda: bomb(zipfile.ZIP_DEFLATED),
    "bomb bzip2.docx": lambda: bomb(zipfile.ZIP_BZIP2),
    "bomb lzma in a part that is read.docx": lambda: bomb(zipfile.ZIP_LZMA, "word/document.xml", 20 * MEGABYTE),
    "bomb in a part that is read.docx": lambda: bomb(zipfile.ZIP_DEFLATED, "word/document.xml", 30 * MEGABYTE),
    "bomb bzip2 in a part that is read.docx": lambda: bomb(zipfile.ZIP_BZIP2, "word/document.xml", 30 * MEGABYTE),
    "zstd.docx": lambda: renamed_method(93),
    "unknown compressor.docx": lambda: renamed_method(1234),
    "overlapping.docx": overlapping,
    "lying about the text.docx": lambda: lying("word/document.xml", sound_word()),
    "lying about the sheet.xlsx": lambda: lying("xl/worksheets/sheet1.xml", sound_workbook()),
    "lying about the strings.xlsx": lambda: lying("xl/sharedStrings.xml", sound_workbook()),
    "zip in zip.docx": nested,
    "zip in zip.zip": nested,
    "20 k entries.docx": crowded,
    "utf-16 laughs.docx": lambda: utf16_entity("word/document.xml"),
    "laughs behind a comment.docx": lambda: with_entity(
        sound_word(), "word/document.xml", "laughs", b"<!--" + b"-=" * 5_000 + b"-->"
    ),
    "laughs behind blanks.xlsx": lambda: with_entity(
        sound_workbook(), "xl/worksheets/sheet1.xml", "laughs", b"\n" * 9_000
    ),
    **_entities(),
}  # fmt: skip
