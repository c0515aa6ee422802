"""Files that the office writes by hand or saves from a spreadsheet: text in the encodings that its programs use, CSV. Whatever
is wrong with one is a WrongInput with one Chinese sentence: file, line and reason."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from db.error_words import in_chinese
from db.plain_files import read_at_most, why_no_file
from rules.errors import WrongInput

MOST_BYTES = 20_000_000  # 200,000 rows of accounts take 10; a text takes up to four times as much memory
MOST_COMMAS = 5_000  # of a line
LONGEST_SHOWN = 200  # characters of a path in a sentence
ENCODINGS = ("utf-8-sig", "gb18030")
MARKS_OF_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def is_there(path: Path) -> bool:
    """Whether a path is a file; a name that no file can have is none."""
    return not why_no_file(path)


def read_bytes(
    path: Path, what: str = "文件", wrong: type[WrongInput] = WrongInput, most: int = MOST_BYTES
) -> bytes:
    """What a file holds. Raises `wrong` where there is none (a folder, a device, a pipe that nobody fills), where it is
    larger than `most` bytes or cannot be read."""
    shown = str(path)[-LONGEST_SHOWN:]
    if why := why_no_file(path):
        raise wrong(f"找不到{what} {shown}：{why}，请检查路径。")
    try:
        content = read_at_most(path, most)
    except OSError as error:
        raise wrong(f"{what} {shown} 无法读取（{in_chinese(error)}），请检查路径和权限。") from None
    if content is None:
        raise wrong(f"{what} {shown} 超过 {most // 1_000_000} MB，没有读取，请检查内容。")
    return content


def read_text(path: Path, what: str = "文件", wrong: type[WrongInput] = WrongInput) -> str:
    """A file's text: UTF-8, UTF-16 with its mark, or GB18030 (which holds GBK), without mark; lines as they are."""
    raw = read_bytes(path, what, wrong)
    text = _decoded(raw)
    if text is None:
        raise wrong(f"{what} {path} 的编码无法识别，请用 UTF-8 编码保存。")
    if "\0" in text:
        raise wrong(f"{what} {path} 中有空字符（NUL），不是文本文件，请重新保存。")
    return text


def _decoded(raw: bytes) -> str | None:
    for encoding in ("utf-16",) if raw.startswith(MARKS_OF_UTF16) else ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def read_csv(
    path: Path, names: Mapping[str, str], needed: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, cells by column) of a CSV whose first row names the columns; `names`: heading as written → column, others
    keep theirs. Cells are stripped, rows of blanks left out. Raises WrongInput, also for what would be lost: a column
    named twice, a row with more cells than there are columns, a quotation that nobody closes."""
    rows = csv.reader(_narrow_lines(path, read_text(path)), strict=True)
    columns: list[str] = []
    try:
        for printed in rows:
            cells = [cell.strip() for cell in printed]
            if not any(cells):
                continue
            if columns:
                yield rows.line_num, _row(path, rows.line_num, cells, columns)
            else:
                columns = _columns(path, cells, names, needed)
    except csv.Error as error:
        long = "field larger" in str(error)
        why = f"有一格超过 {csv.field_size_limit()} 字" if long else "引号不成对，或分隔符不对"
        raise WrongInput(f"{path} 第 {rows.line_num} 行{why}，没有导入任何内容。") from None
    if not columns:
        _columns(path, [], names, needed)


def _narrow_lines(path: Path, text: str) -> Iterator[str]:
    """The lines as they are. Raises WrongInput at one of more cells than a table has: csv would make them all first."""
    for number, line in enumerate(io.StringIO(text, newline=""), 1):
        if line.count(",") > MOST_COMMAS:
            raise WrongInput(f"{path} 第 {number} 行超过 {MOST_COMMAS} 格，没有导入任何内容。")
        yield line


def _columns(path: Path, cells: list[str], names: Mapping[str, str], needed: Sequence[str]) -> list[str]:
    columns = [names.get(cell, cell.lower()) for cell in cells]
    missing = [name for name in needed if name not in columns]
    if missing:
        headings = {name: heading for heading, name in reversed(list(names.items()))}
        lacking, wanted = ([headings.get(name, name) for name in each] for each in (missing, needed))
        raise WrongInput(
            f"{path} 第 1 行缺少列 {'、'.join(lacking)}，应为 {','.join(wanted)} 等，没有导入任何内容。"
        )
    twice = [name for name in columns if name and columns.count(name) > 1] if len(columns) < 1000 else columns
    if twice:
        raise WrongInput(f"{path} 第 1 行有两个“{twice[0]}”列，没有导入任何内容。")
    return columns


def _row(path: Path, line: int, cells: list[str], columns: list[str]) -> dict[str, str]:
    if any(cells[len(columns) :]):
        raise WrongInput(f"{path} 第 {line} 行有 {len(cells)} 格，多于 {len(columns)} 列，没有导入任何内容。")
    return {**dict.fromkeys(columns, ""), **dict(zip(columns, cells, strict=False))}
