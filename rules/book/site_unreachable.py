from datetime import timedelta

from rules.cases import SiteCase
from rules.engine.rule import Measure, unknown, veto
from rules.vocabulary.terms import Evidence


@veto(
    "site.unreachable",
    name="网站无法访问",
    basis="国办秘函〔2019〕19号 单项否决“站点无法访问”（1 周内每天间隔性访问 20 次以上，15 秒打不开即计一次，累计占比达 5%）",
    remedy="请技术维护单位立即排查网站访问故障，恢复正常访问。",
    within=1,
    evidence=[Evidence.PROBES],
)
def unreachable(
    case: SiteCase, *, days: int = 7, a_day: int = 20, seconds: float = 15.0, share: float = 0.05
) -> Measure:
    """最近 days 个完整的日子（不含当天）里，每天至少探测 a_day 次，首页在 seconds 秒内没有打开的次数占总次数的比例
    达到 share，即为无法访问。

    任何一天的探测不足 a_day 次，不作此判断；探测时本机网络自身不通的不计入次数。
    """
    line = round(share * 100, 4)
    week = [case.as_of - timedelta(days=n) for n in range(1, days + 1)]
    probes = [probe for probe in case.probes if probe.day in week]
    fewest = min((sum(p.day == day for p in probes) for day in week), default=0)
    if fewest < max(a_day, 1):
        return unknown(
            line, "%", f"探测不足：最近 {days} 天中有的日子只有 {fewest} 次，每天应不少于 {a_day} 次"
        )
    failed = sum(probe.seconds is None or probe.seconds >= seconds for probe in probes)
    number = failed / len(probes) * 100
    hit = failed >= share * len(probes)
    return Measure(
        number=round(number, 2),
        line=line,
        unit="%",
        hit=hit,
        distance=0 if hit else round(line - number, 2),
        sentence=(
            f"网站最近 {days} 天探测 {len(probes)} 次，{failed} 次在 {seconds:g} 秒内未能打开，占 {number:.1f}%，"
            f"达到 {line:g}% 的单项否决线。"
        ),
        note=f"探测 {len(probes)} 次，失败 {failed} 次",
    )
