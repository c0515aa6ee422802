"""The words a bulletin is put into: what its Word template may ask for. Pure."""

import re

from monitor.bulletin.compose import Bulletin
from monitor.bulletin.problem_words import all_named, blank_columns, few, measure, named_besides, nothing
from monitor.wording import day_of, issue_of, office_of, tight
from rules.vocabulary.places import Site
from rules.vocabulary.terms import UnitKind

# The last sign of a level in a government's name: 某市某区人民政府, 某开发区管理委员会, 某县政府门户网站.
LEVEL = re.compile(r".*(街道|[省市区县旗州盟乡镇])")


def words_of(bulletin: Bulletin) -> dict[str, str]:
    """Every word the template may ask for, by its Chinese name; an empty one is false in a condition."""
    judgement, letters = bulletin.judgement, bulletin.letters
    site, period = judgement.site, judgement.period
    invalid = letters.figures.received - letters.figures.valid
    local, departments = bulletin.naming.local, bulletin.naming.departments
    return {
        "红头": site.papers.head,
        "期号": issue_of(site, period),
        "发文机关": office_of(site),
        "层级": level_of(site),
        "主送": site.papers.to or addressees(site),
        "时段": tight(period.title),
        "统计月份": f"{period.start.year}年{tight(period.months)}",
        "月份": tight(period.months),
        "信息总数": tight(f"{bulletin.total}"),
        "基层总数": tight(f"{bulletin.grassroots}"),
        "全在基层": "是" if _all_grassroots(bulletin) else "",
        "读取完整": "" if bulletin.unread or bulletin.doubts else "是",
        "运行平稳": "是" if bulletin.steady else "",
        "点名街道乡镇": all_named(local),
        "较少街道乡镇": few(local),
        "无信息街道乡镇": nothing(local),
        "点名街道乡镇空白": blank_columns(bulletin, local),
        "点名部门": all_named(departments),
        "较少部门": few(departments),
        "无信息部门": nothing(departments),
        "点名部门空白": blank_columns(bulletin, departments),
        "点名依据": measure(bulletin),
        "另行点名": named_besides(bulletin),
        "暂不点名": "是" if bulletin.doubts else "",
        "信箱": "、".join(f"“{box.name}”" for box in site.mailboxes),
        "信箱读取": "是" if letters.read else "",
        "受理": f"{letters.figures.received}" if letters.exact else f"至少{letters.figures.received}",
        "办结": f"{letters.figures.closed}" if letters.closed_exact else f"至少{letters.figures.closed}",
        "无效": f"{invalid}" if invalid else "",
        "办结率": letters.rate if letters.closed_exact and letters.figures.valid else "",
        "平均工作日": letters.mean_days if letters.closed_exact else "",
        "未收到留言": "" if letters.figures.received or not letters.exact else "是",
        "回复较慢单位": "、".join(letters.answered_late),
        "逾期未答复单位": "、".join(letters.unanswered_late),
        "无超期留言": "是" if letters.none_late else "",
        "街道乡镇": local_units(site) if bulletin.annex1 else "",
        "部门附件": "是" if bulletin.annex2 else "",
        "成文日期": day_of(bulletin.as_of),
    }


def _all_grassroots(bulletin: Bulletin) -> bool:
    """Whether whatever was published stands in columns of 基层政务公开; what is not known of others does not."""
    total, inside = bulletin.total, bulletin.grassroots
    return bool(total.number) and (not bulletin.outside or (total.exact and total.number == inside.number))


def copies_of(bulletin: Bulletin) -> tuple[str, ...]:
    """版记: the lines below the last annex; none where the site file names nobody."""
    site = bulletin.judgement.site
    if not site.papers.copies:
        return ()
    return (f"抄送：{site.papers.copies.rstrip('。')}。", f"{office_of(site)}　{day_of(bulletin.as_of)}印发")


def level_of(site: Site) -> str:
    """区, 县, 市 …: what the government is of, from its name; 辖区 where the name does not say."""
    found = LEVEL.match(site.name)
    return found[1] if found else "辖区"


def local_units(site: Site) -> str:
    """各街道办事处、柏庄镇政府: one is named, several are put together."""
    kinds = ((UnitKind.STREET, "各街道办事处"), (UnitKind.TOWN, "各乡镇人民政府"))
    parts = []
    for kind, several in kinds:
        units = [unit for unit in site.units if unit.kind is kind]
        parts += [units[0].name if len(units) == 1 else several] if units else []
    return "、".join(parts)


def local_heading(site: Site) -> str:
    """街道（乡镇）: what the first annex calls its units."""
    kinds = {unit.kind for unit in site.units if unit.kind.local}
    return "街道（乡镇）" if len(kinds) > 1 else "、".join(kind.value for kind in kinds)


def addressees(site: Site) -> str:
    """主送机关."""
    local, departments = local_units(site), f"{level_of(site)}人民政府各部门及有关单位"
    return f"{local}，{departments}" if local else departments
