"""Scheme files: the scoring scheme as TOML, refused with file, line, key and reason, or read as a Scheme."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from crawler.sites.load import REASONS, line_of
from monitor.scores.scheme import Bonus, Component, Deduction, PeerGroup, PostingPoints, Scheme
from monitor.scores.scheme_schema import SchemeDeclaration
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
        said = SchemeDeclaration.model_validate(table["scores"] if nested else table)
    except ValidationError as error:
        faults = [_complaint(path, source, fault, nested) for fault in error.errors()[:10]]
        raise WrongInput("\n".join(faults)) from None
    return _scheme(said)


def _complaint(path: Path, source: str, fault: Any, nested: bool) -> str:
    kind = fault["type"]
    reason = POINT_REASONS.get(kind) or REASONS.get(kind) or str(fault["msg"]).removeprefix("Value error, ")
    if kind == "enum":
        reason += f"，可用：{fault['ctx']['expected'].replace(' or ', '、').replace(', ', '、')}"
    key = ("scores", *fault["loc"]) if nested else tuple(fault["loc"])
    shown = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in key).lstrip(".")
    line = None if nested else line_of(source, key)
    where = f"第 {line} 行" if line else "文件中"
    return f"评分方案 {path} {where}，{shown or '文件'}：{reason}。"


def _scheme(said: SchemeDeclaration) -> Scheme:
    return Scheme(
        title=said.title,
        components=tuple(
            Component(
                name=part.name,
                fixed=part.fixed,
                cap=part.cap,
                postings=tuple(PostingPoints(p.path, p.points, p.cap) for p in part.postings),
                bonuses=tuple(Bonus(b.item, b.points, b.times, b.cap) for b in part.bonuses),
                deductions=tuple(Deduction(d.rule, d.points, d.cap) for d in part.deductions),
            )
            for part in said.components
        ),
        groups=tuple(PeerGroup(group.name, group.kinds) for group in said.groups),
        carry=said.carry,
        first=said.first,
        ties=said.ties,
        joint=said.joint,
        best=said.best,
        worst=said.worst,
    )
