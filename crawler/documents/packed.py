"""Packed office files (.docx, .xlsx): which one it is, and refusing those that are packed to deceive."""

import io
import zipfile

from rules.errors import WrongInput

MOST_XML = 40_000_000
MOST_UNPACKED = 200_000_000
MOST_PARTS = 5_000
DAMAGED = "这个文件已损坏或加了密码，无法读取，请在办公软件中另存后重试。"
_SWOLLEN = "这个文件的内容不正常（解压后过大，或夹带实体），没有读取，请在办公软件中另存后重试。"
_KINDS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}


def kind_within(body: bytes) -> str:
    """docx or xlsx; "" for another archive. Raises WrongInput for one that cannot be opened or would unpack to far
    more than it is: sizes are what the archive declares, and zipfile never unpacks more than that."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            parts = packed.infolist()
            swollen = _swollen(parts) or any(_has_entities(packed, part) for part in parts)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError) as error:
        raise WrongInput(DAMAGED) from error
    if swollen:
        raise WrongInput(_SWOLLEN)
    names = {part.filename for part in parts}
    return next((kind for name, kind in _KINDS.items() if name in names), "")


def _swollen(parts: list[zipfile.ZipInfo]) -> bool:
    unpacked = sum(part.file_size for part in parts)
    long = any(part.file_size > MOST_XML for part in parts if _is_xml(part))
    return len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or long


def _has_entities(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    if not _is_xml(part):
        return False
    with packed.open(part) as stream:
        return b"<!DOCTYPE" in stream.read(4096)


def _is_xml(part: zipfile.ZipInfo) -> bool:
    return part.filename.endswith((".xml", ".rels"))
