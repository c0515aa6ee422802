from rules.cases import SiteCase
from rules.cases.update_windows import age_of
from rules.engine.hysteresis import CONFIRMED
from rules.engine.rule import Measure, unknown, veto
from rules.vocabulary.terms import Evidence


@veto(
    "site.home_stale",
    name="首页不更新",
    basis="国办秘函〔2019〕19号 单项否决“首页不更新”（2 周内首页无信息更新；首页仅为导航的，看二级页面）",
    remedy="当日在首页更新信息，此后至少每两周更新一次。",
    within=1,
    evidence=[Evidence.HOME, Evidence.LISTS],
    hysteresis=CONFIRMED,
)
def home_stale(case: SiteCase, *, days: int = 14) -> Measure:
    """首页上最新一条信息距今超过 days 天。首页只有导航、没有信息的，看全部栏目中最新的一条。

    首页上的标题旁边没有日期的，以所指信息在栏目中的日期为准；栏目中没有的，以它在首页出现的那一夜为准，出现不超过 days 天的
    （或我们查看首页还不到 days 天的），可能是更新，不作此判断。首页没有读到的，首页的信息可能由脚本加载或在内嵌框架中的，
    不作此判断；首页只有导航而有栏目没有完整读到的，不作此判断。
    """
    if not case.home_read:
        return unknown(days, "天", "首页没有读到")
    where, age = (
        ("首页", (case.home_looked_on - case.home_newest).days) if case.home_newest else _elsewhere(case)
    )
    if age is not None and age > days:
        if case.home_scripted and case.home_newest:
            return unknown(days, "天", "首页的信息可能由脚本加载，网页中所见的不一定最新")
        if case.home_renewed and (case.home_looked_on - case.home_renewed).days <= days:
            return unknown(days, "天", "首页有看不出日期的信息，可能是近期更新的")
    if age is None:
        return unknown(days, "天", "首页没有带日期的信息，而有栏目没有完整读到")
    hit = age > days
    return Measure(
        number=age,
        line=days,
        unit="天",
        hit=hit,
        distance=0 if hit else days - age,
        sentence=f"{where}已 {age} 天没有更新，超过 {days} 天的单项否决线。",
    )


def _elsewhere(case: SiteCase) -> tuple[str, int | None]:
    """Where the home page only navigates: the age of the newest posting anywhere, if all was read."""
    ages = [age_of(column) for column in case.columns if not column.elsewhere and column.postings]
    unread = any(not column.well_read for column in case.columns if not column.elsewhere)
    known = [age for age in ages if age is not None]
    where = "首页只有导航，全部栏目"
    return (where, None) if unread or not known or len(known) < len(ages) else (where, min(known))
