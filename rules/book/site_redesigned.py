from collections.abc import Iterator

from rules.cases import SiteCase
from rules.engine.finding import Finding
from rules.engine.rule import Rule, rule
from rules.engine.veto_columns import share_misread
from rules.vocabulary.terms import Evidence, Outcome, Scope, Severity


def explains(_redesign: Finding, rule_: Rule, _finding: Finding) -> bool:
    """依据栏目列表、内容页、首页得出的其他问题，核实前都不计。"""
    return not rule_.evidence & {Evidence.MAILBOXES, Evidence.PROBES, Evidence.IMPORTED}


# Defaults: share, usual: a failure of this kind takes nearly all columns at once; some are always misread.
@rule(
    "site.redesigned",
    name="疑似关停或改版",
    severity=Severity.NOTICE,
    basis="监测通行做法：首页或多数栏目突然无法识别的，先由人工核实是否关停、改版，核实前不计问题",
    remedy="打开网站核实是否关停、改版；已经改版的，由政务公开办更新站点文件。",
    takes=SiteCase,
    scope=Scope.SITE,
    evidence=[Evidence.HOME, Evidence.LISTS],
    explains=explains,
)
def redesigned(case: SiteCase, *, share: float = 0.8, usual: float = 0.2) -> Iterator[str]:
    """请人工核实，什么也不计。两种情形：

    一、首页仍能打开（或已转到别处），而无法识别、地址失效、转到外部网站的栏目突然达到 share，上一个正常的夜晚不超过
    usual；二、首页标明的网站名称（SiteName 或标题）与上一个正常的夜晚不同。

    被防火墙拦截的不算；首页也无法访问的，是网站或网络不通，不作此判断；没有上一个正常的夜晚可以比较的，不作此判断。
    """
    if case.home_outcome in (None, Outcome.UNREACHABLE, Outcome.BLOCKED):
        return
    misread = share_misread(case.columns)
    before = case.unread_before
    if misread is not None and before is not None and misread >= share and before <= usual:
        yield (
            f"网站疑似关停或改版：{misread:.0%} 的栏目无法识别或地址失效（此前为 {before:.0%}），"
            "请人工核实；核实前不计任何问题。"
        )
    elif case.identity and case.identity_before and case.identity != case.identity_before:
        yield (
            f"网站疑似改版或更名：首页名称由“{case.identity_before}”变为“{case.identity}”，"
            "请人工核实；核实前不计任何问题。"
        )
