"""Packed office files (.docx, .xlsx): which one it is, and refusing those that are packed to deceive."""

import io
import zipfile

from crawler.documents.xml_prolog import brings_entities, is_xml
from rules.errors import WrongInput

MOST_XML = 40_000_000  # bytes of one part: its tree takes about ten times as much memory
MOST_UNPACKED = 200_000_000  # bytes of all parts, pictures included
BEGIN = 200  # bytes that tell what a part is
MOST_PARTS = 5_000  # beyond a report with hundreds of pictures
DAMAGED = "这个文件已损坏或加了密码，无法读取，请在办公软件中另存后重试。"
_OVERSIZED = "这个文件的内容不正常（解压后过大，或夹带实体），没有读取，请在办公软件中另存后重试。"
_KINDS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}


class DamagedArchive(WrongInput):
    """An archive that cannot be opened: broken, or locked with a password."""


class OversizedArchive(WrongInput):
    """An archive that would unpack to far more than it is, or that brings entities."""


def office_kind(body: bytes, most_xml: int = MOST_XML, most_unpacked: int = MOST_UNPACKED) -> str:
    """docx or xlsx; "" for another archive. Raises DamagedArchive for one that cannot be opened, OversizedArchive
    for one that would unpack to far more than it is: sizes are what the archive declares, and zipfile never unpacks
    more than that. `most_xml`: the size of its largest part in XML, `most_unpacked`: of all parts together, in bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            parts = packed.infolist()
            oversized = _oversized(parts, most_unpacked) or any(
                _deceives(packed, part, most_xml) for part in parts
            )
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError) as error:
        raise DamagedArchive(DAMAGED) from error
    if oversized:
        raise OversizedArchive(_OVERSIZED)
    names = {part.filename for part in parts}
    return next((kind for name, kind in _KINDS.items() if name in names), "")


def _oversized(parts: list[zipfile.ZipInfo], most_unpacked: int) -> bool:
    return len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > most_unpacked


def _deceives(packed: zipfile.ZipFile, part: zipfile.ZipInfo, most_xml: int) -> bool:
    """Whether a part is more XML than `most_xml`, or brings entities. A part is XML by what it holds: the files that lead
    to it may call it as they like."""
    long = part.file_size > most_xml
    if long and part.filename.lower().endswith((".xml", ".rels")):
        return True
    with packed.open(part) as stream:
        if not is_xml(stream.read(BEGIN)):
            return False
    if long:
        return True
    with packed.open(part) as stream:
        return brings_entities(stream)
