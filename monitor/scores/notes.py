"""What the office keeps by hand beside a score sheet: bonuses noted this month, totals carried over."""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from crawler.sites.office_files import read_csv, read_text
from monitor.scores.earning import Noted
from monitor.scores.scheme import Scheme
from rules.dates.periods import Period
from rules.errors import WrongInput
from rules.vocabulary.places import Site
from rules.vocabulary.points import parse_points
from rules.vocabulary.suggestions import did_you_mean

HEADS = {
    "单位": "unit", "单位名称": "unit", "项目": "item", "加分项": "item", "分值": "points", "得分": "points",
    "总分": "points", "分数": "points", "次数": "times", "篇数": "times",
}  # fmt: skip
Notes = dict[str, dict[str, list[Noted]]]


def read_notes(path: Path, site: Site, scheme: Scheme) -> Notes:
    """Unit key → item → what was noted, of a CSV with unit, item, and times or points. Raises WrongInput with
    file, line and reason."""
    notes: Notes = {}
    for line, row in read_csv(path, HEADS, ("unit", "item")):
        unit = _unit(path, line, site, row["unit"])
        if row["item"] not in scheme.items:
            known = "、".join(scheme.items) or "无"
            raise WrongInput(f"{path} 第 {line} 行：评分方案没有加分项“{row['item']}”，可用的有：{known}。")
        noted = _noted(path, line, row, scheme)
        notes.setdefault(unit, {}).setdefault(row["item"], []).append(noted)
    return notes


def _noted(path: Path, line: int, row: Mapping[str, str], scheme: Scheme) -> Noted:
    points, times = row.get("points", ""), row.get("times", "")
    if bool(points) == bool(times):
        raise WrongInput(f"{path} 第 {line} 行：次数与分值应写其中一个。")
    number = parse_points(points or times)
    if points and number is not None:
        return Noted(points=number)
    if number is None or number < 0 or number != int(number):
        raise WrongInput(f"{path} 第 {line} 行：“{points or times}”不是{'分值' if points else '次数'}。")
    if scheme.items[row["item"]][1].points is None:
        raise WrongInput(f"{path} 第 {line} 行：“{row['item']}”在评分方案中没有每次的分值，请直接写分值。")
    return Noted(times=int(number))


def read_carried(path: Path, site: Site, before: Period) -> dict[str, Decimal | None]:
    """Unit key → the total at the end of the month before: of last month's sheet as JSON, or a CSV of unit and
    points. None where last month's total was not known. Raises WrongInput."""
    if path.suffix.lower() == ".json":
        return _carried_json(path, site, before)
    carried: dict[str, Decimal | None] = {}
    for line, row in read_csv(path, HEADS, ("unit", "points")):
        number = parse_points(row["points"])
        if number is None:
            raise WrongInput(f"{path} 第 {line} 行：“{row['points']}”不是分数。")
        unit = _unit(path, line, site, row["unit"])
        if unit in carried:
            raise WrongInput(f"{path} 第 {line} 行：单位“{row['unit']}”写了两次。")
        carried[unit] = number
    return carried


def _carried_json(path: Path, site: Site, before: Period) -> dict[str, Decimal | None]:
    try:
        sheet: Any = json.loads(read_text(path))
        rows = [row for table in sheet["tables"] for row in table["rows"]]
        totals = {str(row["key"]): _total(row["total"]) for row in rows}
        said = (sheet["site"], sheet["month"])
    except (ValueError, TypeError, KeyError, ArithmeticError, RecursionError):
        raise WrongInput(f"{path} 不是本程序写出的得分表（.json），请改用 CSV（单位,得分）。") from None
    if said != (site.key, before.key):
        raise WrongInput(f"{path} 是 {said[0]} {said[1]} 的得分表，需要的是 {site.key} {before.key} 的。")
    return totals


def _total(shown: Any) -> Decimal | None:
    number = None if shown is None else parse_points(str(shown))
    if number is None and shown is not None:
        raise ValueError("not points")
    return number


def _unit(path: Path, line: int, site: Site, written: str) -> str:
    for unit in site.units[1:]:
        if written in (unit.key, *unit.names):
            return unit.key
    meant = did_you_mean(written, [name for unit in site.units[1:] for name in unit.names])
    raise WrongInput(f"{path} 第 {line} 行：站点文件没有名为“{written}”的单位{meant}。")
