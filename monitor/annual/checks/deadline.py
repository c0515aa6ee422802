"""When a report must be published: departments by 31 January, governments by 31 March (条例 article 49)."""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from monitor.annual.checks.findings import ARTICLE_49, Check, EquationResult, ReportFault, unchecked
from monitor.annual.checks.report import Report
from rules.vocabulary.terms import Severity


class Publisher(StrEnum):
    """Whose report it is."""

    DEPARTMENT = "部门"
    LOCAL = "乡镇或街道"
    GOVERNMENT = "县级以上地方政府"


DUE = {Publisher.DEPARTMENT: (1, 31), Publisher.LOCAL: (1, 31), Publisher.GOVERNMENT: (3, 31)}
# 国办公开办函〔2021〕30号 puts townships beside departments; article 49 does not name them.
LOCAL_SINCE = 2021
_LOCAL = re.compile(r"[乡镇]人民政府|街道|办事处")
_UNCLEAR = re.compile(r"管理?委员?会$|管委会")
_GOVERNMENT = re.compile(
    r"[省市县区旗州盟](?:\S{0,6}自治[县州区])?(?:人民)?政府$|人民政府$|^[\u4e00-\u9fff]{1,12}[省市县区旗州盟]$"
)


def publisher_of(unit: str) -> Publisher | None:
    """Whose report it is, by the unit's name in its title; None where the name does not say."""
    if not unit or _UNCLEAR.search(unit):
        return None
    if _LOCAL.search(unit):
        return Publisher.LOCAL
    return Publisher.GOVERNMENT if _GOVERNMENT.search(unit) else Publisher.DEPARTMENT


def check_deadline(report: Report) -> Iterator[ReportFault | Check]:
    """A finding where it was published too late, else a check that holds or says why it cannot be made."""
    if report.year is None or report.published is None:
        reason = "不知道发布日期" if report.published is None else "不知道报告年度"
        yield unchecked("R-NB", "发布时间", f"{reason}，无法核对发布期限")
        return
    whose = publisher_of(report.unit) or Publisher.GOVERNMENT
    due = date(report.year + 1, *DUE[whose])
    shown = f"{report.published:%Y-%m-%d} 发布，{whose}的期限是 {due:%Y-%m-%d}"
    if doubt := _doubt(report.year, report.published, whose):
        yield unchecked("R-NB", "发布时间", f"{report.published:%Y-%m-%d} 发布；{doubt}")
    elif report.published > due:
        rule = "R-NB-GOV" if whose is Publisher.GOVERNMENT else "R-NB-DEPT"
        words = f"{shown}，逾期 {(report.published - due).days} 天"
        yield ReportFault(rule, "发布时间", words, ARTICLE_49, Severity.SCORE)
    else:
        yield Check("R-NB", "发布时间", EquationResult.HOLDS, shown)


def _doubt(year: int, published: date, whose: Publisher) -> str:
    if published.year <= year:
        return "发布日期早于报告年度结束，请核实"
    if whose is Publisher.LOCAL and year < LOCAL_SINCE:
        return f"{LOCAL_SINCE} 年以前的规定没有写明乡镇、街道的期限"
    return ""
