"""Cases of rules as data: a TOML table made into the frozen value that a rule takes, by the types of its fields."""

import types
import typing
from dataclasses import is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from rules.cases import (
    AccountCase,
    ActivityCase,
    AnswerCase,
    ArrivalsCase,
    ArticleCase,
    ColumnCase,
    DocumentCase,
    FrameCase,
    LetterCase,
    LetterUnitCase,
    PaddingCase,
    PageCase,
    PairedCase,
    PostingCase,
    SiteCase,
    SurveyCase,
    UnitCase,
)
from rules.dates.announced_calendar import read_calendar
from rules.dates.periods import Period, parse_period
from rules.dates.workdays import OFFICIAL, Calendar

COMMON: dict[str, Any] = {
    "subject": "s", "units": ["hongqilu"], "unit_names": "红旗路街道办事处", "as_of": date(2023, 7, 3),
}  # fmt: skip
POSTING = {"path": ["救灾领域", "备灾管理"], "title": "关于储备救灾物资的通知"}
USUAL: dict[type, dict[str, Any]] = {
    ColumnCase: {"path": ["救灾领域", "备灾管理"], "outcome": "read", "postings": 5, "period": "2023Q2"},
    UnitCase: {"kind": "街道", "period": "2023Q2", "exact": True, "count": 12, "peers": []},
    LetterCase: {"mailbox": "区长信箱", "title": "路灯不亮", "reply_within": 5, "calendar": OFFICIAL},
    LetterUnitCase: {"period": "2023Q2"},
    AnswerCase: {"mailbox": "区长信箱", "answer": "您好，请拨打热线咨询具体办理流程。"},
    PostingCase: POSTING | {"calendar": OFFICIAL},
    PairedCase: POSTING | {"calendar": OFFICIAL},
    DocumentCase: POSTING | {"calendar": OFFICIAL, "interpreted": False, "read": True},
    ActivityCase: {"units": ["portal"], "unit_names": "某区人民政府"},
    SurveyCase: POSTING,
    ArticleCase: POSTING | {"outcome": "read", "length": 600},
    ArrivalsCase: {"path": POSTING["path"], "period": "2023Q2", "postings": 9},
    PaddingCase: {"period": "2023Q2"},
    SiteCase: {"units": ["portal"], "unit_names": "某区人民政府"},
    PageCase: {"units": ["portal"], "unit_names": "某区人民政府", "level": "内容页"},
    FrameCase: {"units": ["portal"], "unit_names": "某区人民政府", "pages": 40},
    AccountCase: {"platform": "微信公众号", "name": "某区发布", "since": date(2023, 1, 1), "until": date(2023, 7, 3)},
}  # fmt: skip


def build(case_type: type, facts: dict[str, Any]) -> Any:
    """The case of some facts; what they leave out is as in COMMON and USUAL. An unknown fact is a KeyError."""
    hints = typing.get_type_hints(case_type)
    common = {name: value for name, value in COMMON.items() if name in hints}
    values = common | USUAL.get(case_type, {}) | facts
    return case_type(**{name: _made(value, hints[name]) for name, value in values.items()})


def _made(value: Any, hint: Any) -> Any:
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        # TOML has no null: "" stands for it.
        return None if value == "" else _made(value, next(p for p in parts if p is not types.NoneType))
    if origin is tuple:
        each = parts[0] if parts[-1] is Ellipsis else None
        return tuple(_made(v, each or parts[n]) for n, v in enumerate(_repeated(value)))
    if origin is frozenset:
        return frozenset(value)
    if hint is Period:
        return parse_period(value)
    if hint is Calendar:
        return value if isinstance(value, Calendar) else read_calendar(value)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    if is_dataclass(hint):
        return build(typing.cast(type, hint), value)
    return float(value) if hint is float else value


def _repeated(rows: list[Any]) -> list[Any]:
    """`times` in a table repeats it: twenty probes of one day are one line."""
    return [
        {k: v for k, v in row.items() if k != "times"} if isinstance(row, dict) else row
        for row in rows
        for _ in range(row.get("times", 1) if isinstance(row, dict) else 1)
    ]
