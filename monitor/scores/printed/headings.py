"""What a column of a printed table holds, by its heading."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from monitor.scores.printed.paper import squeeze
from rules.vocabulary.points import parse_points


class Role(StrEnum):
    """What a column holds, by its heading."""

    RANK = "名次"
    SERIAL = "序号"
    NOTE = "备注"
    TOTAL = "总分"
    DEDUCTION = "扣分"
    MONTH = "时段得分"
    COUNT = "数量"
    POINTS = "得分"
    GROUP = "类别"
    NAME = "单位"
    OTHER = "其他"


# Tried in this order, for 得分排名 is a rank and 扣分合计 a total.
WORDS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (Role.RANK, re.compile(r"排名|名次|位次|排序|排位|\brank")),
    (Role.SERIAL, re.compile(r"序号|编号|^序$|^no\.?$|^\s*#$")),
    (Role.NOTE, re.compile(r"备注|说明|原因|理由|\bnote|\bremark")),
    (Role.TOTAL, re.compile(r"总得?分|总成绩|总评|合计|总计|累计|小计|综合得?分|\btotal|\bsum\b")),
    (Role.DEDUCTION, re.compile(r"扣|减分|失分")),
    (
        Role.MONTH,
        re.compile(r"(?:[本当上]月|[本当上]期|[本上]季|\d{1,2}月份?|季度)(?:度|份)?(?:得分|成绩|分值?)$"),
    ),
    (Role.COUNT, re.compile(r"[条篇件次个]数|数量|(?<!分)数$|[（(][条篇件次个][)）]$")),
    (Role.GROUP, re.compile(r"类别|类型|分类|分组|组别|\bkind|\bgroup")),
    (Role.POINTS, re.compile(r"分|成绩|\bscore|\bpoint")),
    (Role.NAME, re.compile(r"单位|名称|部门|机构|乡镇|街道|镇|地区|地市|县|对象|\bunit|\bname")),
)
MAXIMUM = re.compile(r"[（(](?:满分|限|最[高多]|上限|不超过)?[:：为]?(\d{1,4}(?:\.\d{1,2})?)分?[)）]$")

WEIGHT = re.compile(r"(\d{1,2}(?:\.\d{1,2})?)[%％]|(?:权重|系数)[:：为]?(0\.\d{1,3})")


@dataclass(frozen=True, slots=True)
class ColumnHeading:
    """A column: its place (from 0), the heading's words (levels joined by /), role, and the most it allows."""

    column: int
    text: str
    role: Role
    maximum: Decimal | None = None


def read_heading(column: int, text: str) -> ColumnHeading:
    """The column under a heading's text."""
    plain = squeeze(text)
    return ColumnHeading(column, plain, role_of(plain), maximum_of(plain))


def role_of(heading: str) -> Role:
    plain = heading.lower().replace("_", " ")
    return next((role for role, words in WORDS if words.search(plain)), Role.OTHER)


def maximum_of(heading: str) -> Decimal | None:
    """The full marks a heading names: 在线服务得分（9）."""
    match = MAXIMUM.search(heading)
    return parse_points(match[1]) if match else None


def weight_of(heading: str) -> Decimal | None:
    """The weight a heading names, in percent: 网站（40%）, 权重0.4."""
    match = WEIGHT.search(heading)
    if not match:
        return None
    return Decimal(match[1]) if match[1] else Decimal(match[2]) * 100
