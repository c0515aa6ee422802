"""Any file with tables in it → a Paper. What cannot be read is refused with one Chinese sentence."""

import zipfile
from collections.abc import Callable
from pathlib import Path

from crawler.tables.plain import read_csv, read_text
from crawler.tables.spreadsheet import read_xlsx
from crawler.tables.wordfile import read_docx
from rules.errors import WrongInput
from rules.scores.printed import Paper

LARGEST = 20_000_000
LARGEST_UNPACKED = 200_000_000
MOST_CELLS = 400_000

READERS: dict[str, Callable[[Path], Paper]] = {
    ".xlsx": read_xlsx,
    ".docx": read_docx,
    ".csv": read_csv,
    ".txt": read_text,
    ".tsv": read_text,
}


def read_paper(path: Path) -> Paper:
    """The paragraphs and tables of a file. Raises WrongInput where it is missing, of another kind, too large,
    broken or locked."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        kinds = "、".join(READERS)
        raise WrongInput(f"文件 {path} 不是能核对的类型，可用：{kinds}；旧的 .xls、.doc 请先另存。")
    if not path.is_file():
        raise WrongInput(f"找不到文件 {path}，请检查路径。")
    if path.stat().st_size > LARGEST:
        raise WrongInput(f"文件 {path} 超过 {LARGEST // 1_000_000} MB，没有读取。")
    if path.suffix.lower() in (".xlsx", ".docx"):
        _refuse_bombs(path)
    return reader(path)


def _refuse_bombs(path: Path) -> None:
    """A packed file that swells beyond reason, or brings entities along, is not opened."""
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            swollen = sum(part.file_size for part in parts) > LARGEST_UNPACKED
            if swollen or any(_has_doctype(packed, part) for part in parts if part.filename.endswith(".xml")):
                raise WrongInput(f"文件 {path} 的内容不正常，没有读取，请在办公软件中另存后重试。")
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        raise WrongInput(f"文件 {path} 已损坏或加了密码，无法读取，请另存后重试。") from None


def _has_doctype(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with packed.open(part) as stream:
        return b"<!DOCTYPE" in stream.read(4096)
