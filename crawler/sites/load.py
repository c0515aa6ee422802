"""Site files: one TOML a county, refused with file, line, key and reason, or read as a `rules.vocabulary.places.Site`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from crawler.sites.office_files import (
    LONGEST_SHOWN,
    is_there,
    read_csv,
    read_text,
)
from crawler.sites.resolve import resolve_site
from crawler.sites.schema import SiteDeclaration
from db.plain_files import NOTHING_THERE, why_no_file
from rules.errors import WrongSiteFile
from rules.scanners.masking import FurtherKind, Masking
from rules.scanners.masking_in_force import mask_as
from rules.vocabulary.file_names import FILE_NAME_RULE, is_file_name
from rules.vocabulary.places import Site
from rules.vocabulary.suggestions import did_you_mean
from rules.vocabulary.toml_text import parse_toml
from rules.vocabulary.wording import NEEDED, Wording, shipped_wording, wording_of

SITES = Path("sites")

Fault = tuple[tuple[str | int, ...], str]
MOST_FAULTS = 10
MOST_TABLES = 10_000  # units, columns …: pydantic keeps every fault of every one
REQUIRED = ("name", "home", "units", "columns")
REASONS = {
    "missing": "缺少这一项",
    "extra_forbidden": "不认识这个键",
    "string_type": "应为文字",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "float_type": "应为数字",
    "finite_number": "应为有限的数字",
    "bool_type": "应为 true 或 false",
    "date_type": "应为日期，如 2026-01-31",
    "date_parsing": "应为日期，如 2026-01-31",
    "date_from_datetime_parsing": "应为日期，如 2026-01-31",
    "date_from_datetime_inexact": "应为日期，如 2026-01-31，不带时刻",
    "int_from_float": "应为整数",
    "float_parsing": "应为数字",
    "bool_parsing": "应为 true 或 false",
    "list_type": "应为列表",
    "tuple_type": "应为列表",
    "dict_type": "应为表",
    "model_type": "应为表",
    "enum": "不是可用的值",
    "literal_error": "不是可用的值",
    "too_short": "内容太少",
    "too_long": "内容太多",
    "string_too_short": "不能为空",
    "string_too_long": "文字太长",
    "less_than": "数值太大",
    "greater_than": "数值太小",
    "greater_than_equal": "数值太小",
    "less_than_equal": "数值太大",
    "string_pattern_mismatch": "格式不对",
}


def load_site(where: str | Path, folder: Path = SITES) -> Site:
    """The site of a file, or of a key under `folder` (`zhecheng` → sites/zhecheng.toml); its masking
    is in force from now on (`rules.scanners.masking_in_force`).
    Raises WrongSiteFile with one Chinese sentence a fault."""
    path = find_site_file(where, folder)
    site = parse_site(read_text(path, "站点文件", WrongSiteFile), path)
    mask_for(site)
    return site


def mask_for(site: Site) -> None:
    """Puts a site's masking in force for whatever is said from now on (in this thread)."""
    mask_as(Masking(frozenset(site.mobiles), frozenset(map(FurtherKind, site.also_masked))))


def find_site_file(where: str | Path, folder: Path = SITES) -> Path:
    """The path of a site file given as a path or as a key. Raises WrongSiteFile."""
    path = Path(where)
    if path.suffix == ".toml":
        candidates = [path]
    elif not is_file_name(str(where)):
        raise WrongSiteFile(
            f"“{str(where)[-LONGEST_SHOWN:]}”不是站点文件的路径（以 .toml 结尾），也不是名称：{FILE_NAME_RULE}。"
        )
    else:
        packed = Path(__file__).with_name("counties")
        candidates = [place / f"{where}.toml" for place in (folder, packed)]
    for candidate in candidates:
        if is_there(candidate):
            return candidate
    known = [file.stem for place in candidates for file in _files_beside(place)]
    meant = did_you_mean(path.stem, known) if len(path.name) <= LONGEST_SHOWN else ""
    why = why_no_file(candidates[0])
    odd = "" if why == NOTHING_THERE else f"：{why}"
    raise WrongSiteFile(
        f"找不到站点文件 {str(candidates[0])[-LONGEST_SHOWN:]}{odd}{meant}，请检查名称或路径。"
    )


def _files_beside(path: Path) -> list[Path]:
    try:
        return sorted(path.parent.glob("*.toml"))
    except (OSError, ValueError):
        return []


def parse_site(source: str, path: Path) -> Site:
    """The site a file's text declares; `path` names it in complaints and gives the site's key."""
    if not is_file_name(path.stem):
        raise WrongSiteFile(f"站点文件 {path} 的名称不能用：{FILE_NAME_RULE}，请改名。")
    table = parse_toml(source, f"站点文件 {path}", WrongSiteFile)
    if not table.keys() & set(REQUIRED):
        what = "是空的" if not table else "不是站点文件"
        raise WrongSiteFile(
            f"{path} {what}，应有 {'、'.join(REQUIRED)}，请检查路径，或用 gongkai init 起草一个。"
        )
    crowded = [
        name for name, value in table.items() if isinstance(value, list | dict) and len(value) > MOST_TABLES
    ]
    if crowded or len(table) > MOST_TABLES:
        raise WrongSiteFile(
            f"站点文件 {path} 中的 {(crowded or ['键'])[0][:40]} 超过 {MOST_TABLES} 个，请检查内容。"
        )
    try:
        declared = SiteDeclaration.model_validate(table)
    except ValidationError as error:
        found = [(fault["loc"], reason_of(fault)) for fault in error.errors()]
        raise WrongSiteFile(_sentences(path, source, found)) from None
    faults: list[Fault] = []
    site = resolve_site(path.stem, declared, faults)
    if faults:
        raise WrongSiteFile(_sentences(path, source, faults))
    if declared.office.wording:
        site = replace(site, wording=_wording_of(path.parent / declared.office.wording))
    return site


def _wording_of(path: Path) -> tuple[Wording, ...]:
    """The shipped wrong wordings and those of an office's own table. Raises WrongInput with line and reason."""
    return wording_of(read_csv(path, {}, NEEDED), shipped_wording(), path.name)


def _sentences(path: Path, source: str, faults: Sequence[Fault]) -> str:
    file = f"站点文件 {path}"
    return "\n".join(
        fault_sentence(file, key, reason, line_of(source, key)) for key, reason in faults[:MOST_FAULTS]
    )


def reason_of(fault: Any, reasons: Mapping[str, str] = REASONS) -> str:
    """A fault that pydantic found, in Chinese."""
    own = fault["type"] == "value_error"  # a sentence of our own; whatever else pydantic says is English
    reason = reasons.get(fault["type"]) or (
        str(fault["msg"]).removeprefix("Value error, ") if own else "写法不对"
    )
    if fault["type"] in ("enum", "literal_error"):
        reason += f"，可用：{fault['ctx']['expected'].replace(' or ', '、').replace(', ', '、')}"
    return reason


def fault_sentence(file: str, key: tuple[str | int, ...], reason: str, line: int | None) -> str:
    """What is wrong with a TOML file (站点文件 x.toml): where, which key, why."""
    shown = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in key).lstrip(".")
    where = f"第 {line} 行" if line else "文件中"
    return f"{file} {where}，{shown or '文件'}：{reason}。"


def line_of(source: str, key: tuple[str | int, ...]) -> int | None:
    """The line (from 1) where a key stands, as far as the plain layout of a site file tells."""
    lines = source.splitlines()
    start, rest = _table(lines, key)
    if start is None:
        return None
    for number in range(start, len(lines)):
        line = lines[number].strip()
        if line.startswith("[") and number > start:
            break
        if rest and line.split("=")[0].strip() == str(rest[0]):
            return number + 1
    return start + 1 if start or not rest else None


def _table(lines: list[str], key: tuple[str | int, ...]) -> tuple[int | None, tuple[str | int, ...]]:
    if not key:
        return None, ()
    if len(key) > 1 and isinstance(key[1], int):
        headers = [n for n, line in enumerate(lines) if line.split("#")[0].strip() == f"[[{key[0]}]]"]
        return (headers[key[1]], key[2:]) if key[1] < len(headers) else (None, ())
    headers = [n for n, line in enumerate(lines) if line.split("#")[0].strip() == f"[{key[0]}]"]
    return (headers[0], key[1:]) if headers else (0, key)
