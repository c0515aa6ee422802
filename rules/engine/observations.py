"""Observations: a case's facts as labels and values, for `gongkai show` and the details of a finding."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any

from rules.dates.periods import Period
from rules.vocabulary.terms import Exactness, Outcome

Observations = tuple[tuple[str, str], ...]

# Facts not named here (subject, texts, lists of other cases) are not printed.
LABELS: Mapping[str, str] = {
    "path": "栏目",
    "mailbox": "信箱",
    "title": "标题",
    "name": "名称",
    "platform": "平台",
    "number": "编号",
    "as_of": "检查日期",
    "period": "统计时段",
    "outcome": "读取结果",
    "url": "地址",
    "cycle": "更新周期（天）",
    "kind": "类别",
    "level": "页面层级",
    "pages": "读到的页面数",
    "postings": "信息条数",
    "newest": "最新信息日期",
    "newest_below": "子栏目最新信息日期",
    "postings_below": "子栏目信息条数",
    "undated": "看不出日期的条数",
    "count": "时段内条数",
    "exactness": "计数性质",
    "gap": "最长间隔",
    "everywhere": "全部栏目发布条数",
    "external": "跳转外部网站的栏目数",
    "peers": "同类单位",
    "raw": "发布条数",
    "distinct": "去重后条数",
    "own": "自有条数",
    "compared": "读到正文的条数",
    "copied_columns": "同文所在栏目",
    "published": "列表显示日期",
    "first_seen": "首次看到",
    "absent_on": "此前查看而没有",
    "shown": "页面显示日期",
    "meta": "META 标签日期",
    "signed": "成文日期",
    "length": "正文字数",
    "attachments": "附件数",
    "promised": "正文提到的附件",
    "unscanned": "未能检查的附件",
    "reply_within": "答复期限（工作日）",
    "received": "收到日期",
    "accepted": "受理日期",
    "answered": "答复日期",
    "seen_open": "最近一次看到未答复",
    "letters": "信件",
    "mean": "平均用时（工作日）",
    "median": "用时中位数（工作日）",
    "slowest": "最长用时（工作日）",
    "since": "数据起始日期",
    "until": "数据截至日期",
    "home_outcome": "首页读取结果",
    "home_newest": "首页最新信息日期",
    "unread_before": "此前未读到的栏目比例",
    "identity": "首页名称",
    "identity_before": "此前首页名称",
}


def observed(case: Any) -> Observations:
    """The facts of a case that are there, in its own order."""
    rows = ((label, printed(getattr(case, name))) for name, label in _labelled(type(case)))
    return tuple((label, value) for label, value in rows if value)


def printed(value: Any) -> str:
    """One fact as it is printed; "" where there is none."""
    if value is None or value in ((), ""):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Outcome | Exactness):
        return value.label
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, tuple):
        return "、".join(printed(part) for part in value)
    return value.title if isinstance(value, Period) else str(value)


def _labelled(case_type: type[Any]) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, LABELS[field.name]) for field in fields(case_type) if field.name in LABELS)
