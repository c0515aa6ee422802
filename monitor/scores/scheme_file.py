"""Scheme files: the scoring scheme as TOML, refused with file, line, key and reason, or read as a Scheme."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from crawler.sites.load import MOST_FAULTS, REASONS, fault_sentence, line_of, reason_of
from monitor.scores.scheme import Scheme
from rules.errors import WrongInput

FOLDER = "scores"
POINT_REASONS = {
    "decimal_type": "应为分数，如 4 或 0.5",
    "decimal_parsing": "应为分数，如 4 或 0.5",
    "decimal_max_digits": "数值太大",
    "decimal_whole_digits": "数值太大",
    "decimal_max_places": "小数最多四位",
    "finite_number": "应为分数，如 4 或 0.5",
    "less_than": "数值太大",
}


def scheme_path(site_file: Path) -> Path:
    """Where a site's scheme is looked for: scores/<key>.toml beside the site file."""
    return site_file.parent / FOLDER / site_file.name


def load_scheme(path: Path) -> Scheme:
    """The scheme of a file, at its top or under [scores]. Raises WrongInput with one sentence a fault."""
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise WrongInput(f"评分方案 {path} 无法读取，请检查路径，并用 UTF-8 编码保存。") from None
    return parse_scheme(source, path)


def parse_scheme(source: str, path: Path) -> Scheme:
    """The scheme a file's text declares; `path` names it in complaints."""
    try:
        table = tomllib.loads(source, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, ArithmeticError) as error:
        raise WrongInput(f"评分方案 {path} 不是正确的 TOML：{error}。") from None
    nested = isinstance(table.get("scores"), dict)
    try:
        return Scheme.model_validate(table["scores"] if nested else table)
    except ValidationError as error:
        faults = [_sentence(path, source, fault, nested) for fault in error.errors()[:MOST_FAULTS]]
        raise WrongInput("\n".join(faults)) from None


def _sentence(path: Path, source: str, fault: Any, nested: bool) -> str:
    key = ("scores", *fault["loc"]) if nested else tuple(fault["loc"])
    line = None if nested else line_of(source, key)
    return fault_sentence(f"评分方案 {path}", key, reason_of(fault, REASONS | POINT_REASONS), line)
