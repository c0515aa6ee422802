"""Kinds of units by their names; ids of units by their pages' addresses."""

import re
from collections.abc import Iterable

from crawler.page.addresses import split
from rules.vocabulary.file_names import is_file_name
from rules.vocabulary.terms import UnitKind
from rules.vocabulary.words import alternatives

# 安阳市北关区住房和城乡建设局（人民防空办公室）has 23 characters.
LONGEST_UNIT = 24
_STREET = re.compile(r".{1,12}(?:街道|街道办|街道办事处|办事处|地区办事处)$|.{2,8}(?:路|街)办$")
_TOWN = re.compile(r".{1,12}(?:镇|乡|苏木)(?:人民)?(?:政府)?$")
_DEPARTMENT = re.compile(
    rf".{{1,20}}{alternatives('offices.unit')}$|.{{2,18}}中心$|.{{0,6}}(?:人民)?政府办(?:公室)?$"
)
_NO_UNIT = re.compile(
    r"领导|信箱|栏目|频道|专栏|新闻|互动|服务大厅|大厅$|个人中心|用户中心|帮助中心|下载中心|数据中心|视频中心|资讯|公开|公告|公示|通知|动态|文件|政策|名单|清单|简介|概况"
    r"|如何|什么|哪些|关于|召开|开展|学习|调研|局长|主任|书记|县长|区长|市长|^各|^本|^全|其他|更多|工作人员|办事指南|办公室$(?<=^办公室)|联系|常[委办]$"
)
_BARE = frozenset({"办公室", "中心", "服务中心", "政务中心", "委员会", "分局"})
# Kinds of units and no proper name among them: a heading over many units (县直部门及乡镇街道, 乡镇（街道）办事处).
_KINDS_ONLY = re.compile(
    r"(?:[县区市]?[直属级辖]|辖区|[所下][属辖]|基层|[县区市])?"
    r"(?:街道|办事处|[乡镇街村场办]|城(?=[乡镇])|部门|单位|[部委办局]{3,4}|(?<=[镇道及和、])(?:开发区|园区)|[、和及与·/（）() -])+"
)
_GENERIC = re.compile(
    r"(?:index|default|home|main|list|zwgk|xxgk|gkml|zfxxgk|xxgkml|fdzdgknr|zfxxgkml|info|col|bm|xz|jd|gzjg|about|jgsz|jggk|web|site|www|szzt|col\d+|channel)(?:_?\d{1,2})?(?:\.\w{2,5})?",
    re.I,
)
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,39}")


def kind_of(name: str) -> UnitKind | None:
    """The kind of the unit that goes by this name; None where it is not a unit's name."""
    if not 2 <= len(name) <= LONGEST_UNIT or name in _BARE or _NO_UNIT.search(name):
        return None
    if _KINDS_ONLY.fullmatch(name):
        return None
    if _STREET.fullmatch(name):
        return UnitKind.STREET
    if _TOWN.fullmatch(name):
        return UnitKind.TOWN
    return UnitKind.DEPARTMENT if _DEPARTMENT.fullmatch(name) else None


def ids_of(addresses: Iterable[tuple[str, ...]]) -> list[str]:
    """A readable id for every unit from its pages' addresses: the last part that no other unit's addresses have."""
    chosen: list[str] = []
    taken: set[str] = {"portal"}
    everyone = [[part for url in urls for part in _parts(url)] for urls in addresses]
    for number, own in enumerate(everyone, start=1):
        others = {part for place, parts in enumerate(everyone, start=1) if place != number for part in parts}
        telling = [part for part in own if part not in others and part not in taken]
        unit_id = next(iter(telling), "") or f"unit{number}"
        while unit_id in taken:
            unit_id += "x"
        taken.add(unit_id)
        chosen.append(unit_id)
    return chosen


def _parts(url: str) -> list[str]:
    """The parts of an address that may name a unit, the likeliest (last) first."""
    address = split(url)
    parts = [part for part in address.path.split("/") if part and not _GENERIC.fullmatch(part)]
    names = [re.sub(r"\.\w{2,5}$", "", part) for part in reversed(parts)]
    names += [f"u{value}" for value in re.findall(r"=(\w{1,20})(?:&|$)", address.query)]
    names += [label for label in (address.hostname or "").split(".")[:1] if label != "www"]
    return [name for name in names if _KEY.fullmatch(name) and is_file_name(name)]
