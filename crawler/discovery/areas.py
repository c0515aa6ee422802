"""The parts of a portal that discovery looks for, recognised by the names that menus give them; and the priority of a
link by the part it leads into: the likeliest pages are asked for first, since not all may be."""

import re
from enum import StrEnum

from crawler.discovery.field_names import is_field
from crawler.discovery.names import is_name
from crawler.discovery.page_links import Link


class Area(StrEnum):
    """A part of a portal, from the most wanted to the least."""

    GRASSROOTS = "基层政务公开"
    KEY_FIELDS = "重点领域"
    OFFICES = "工作机构"
    MAILBOXES = "信箱"
    DISCLOSURE = "政务公开"
    NEWS = "动态"
    OTHER = "其他"


# The first that fits decides, so the particular stands before the general.
_WORDS: tuple[tuple[Area, re.Pattern[str]], ...] = (
    (
        Area.GRASSROOTS,
        re.compile(r"基层政务公开|(?:26|二十六)个?(?:试点)?领域|试点领域|标准化规范化|政务公开标准|标准目录"),
    ),
    (Area.KEY_FIELDS, re.compile(r"重点领域")),
    (
        Area.MAILBOXES,
        re.compile(r"信箱|留言|来信|写信|互动交流|政民互动|公众参与|交流互动|咨询(?:投诉|建言)|问政|信件"),
    ),
    (
        Area.OFFICES,
        re.compile(
            r"(?:工作|政府|组织|下属|所属)机构(?!改革)|机构(?:设置|职能|概况|信息|导航|一览|专栏)|(?:政府|工作|职能|组成|区直|县直|市直)部门|直属(?:机构|单位)|事业单位$"
            r"|部门(?:导航|网站|一览|街镇|乡镇|信息公开|平台)|[各镇乡街](?:镇|乡|街道|办)[(（、/及和]?(?:街道|镇|乡|办)?[)）]?(?:办事处)?(?:信息公开|平台)?$"
            r"|乡镇|街镇|镇街|^(?:街道|部门|各部门|各单位|镇（街道）)$|(?:部门|单位)(?:及|和|、)(?:乡镇|街道)"
        ),
    ),
    (
        Area.DISCLOSURE,
        re.compile(r"(?:政务|信息|政府)公开|公开目录|主动公开|公开内容|公开专栏|公开平台|公开栏目|领域公开"),
    ),
    (
        Area.NEWS,
        re.compile(
            r"动态|要闻|新闻|公告|公示|通知|文件|政策|解读|规划|统计|年报|会议|任免|招标|采购|征集|访谈|建议|提案|公报|资讯|信息$|关注$"
        ),
    ),
)
_NOT_WORTH = re.compile(
    r"首页|网站地图|站点地图|联系我们|关于(?:我们|本站)|网站(?:声明|说明|帮助)|使用帮助|版权|隐私|无障碍|长者|关怀版|登录|登陆|注册|搜索|检索"
    r"|english|繁體|繁体|简体|手机版|移动版|客户端|微信|微博|公众号|小程序|订阅|收藏|旧版|老版|返回|打印|关闭|友情链接|纠错|视频|图片|图集|直播|天气"
    r"|智能问答|机器人|导航$|招聘平台|办事大厅|我要|在线申报|(?:政府|县|区|市|镇|街道|单位)?领导(?:之窗|信息|介绍|简介|分工|班子|成员|概况)?$|^副?[县区市镇乡]长$|^书记$",
    re.I,
)
_CONTAINERS = re.compile(
    r"首页|.*(?:政务|信息)公开(?:专栏|专题|平台|目录|网|栏|标准化.*)?|.*基层政务公开.*|.*重点领域(?:信息)?(?:公开)?(?:专栏)?|(?:法定)?主动公开(?:内容|目录|信息|基本目录)?"
    r"|.*(?:26|二十六)个?(?:试点)?领域.*|试点领域.*|.*标准(?:目录|指引|化规范化).*|公开(?:内容|目录|栏目|专栏|领域)|工作机构|政府(?:部门|机构|工作部门)|部门|专题专栏|专题"
    r"|各?乡镇.{0,4}(?:街道)?.{0,4}|各?街道.{0,2}镇?|.*当前位置.*|您的位置|网站首页|.*导航|领域|栏目列表|本类栏目|快速(?:通道|入口|链接)|相关(?:链接|栏目)|信息分类|栏目分类|分类"
)
_LOOSE = re.compile(r"导航|链接|推荐|相关|快速|热点|热门")
_ELSE = re.compile(r"其[他它](?:公开)?(?:栏目|信息|领域|内容|事项)?|综合|其他")

TREES = frozenset({Area.GRASSROOTS, Area.KEY_FIELDS})
# Entries of the menu by the part of the portal they lead into: first the trees of 基层政务公开 and 重点领域, which name the
# duties; then the offices, which owe them; news and the rest only while pages are left.
ROOTS = {
    Area.GRASSROOTS: 100,
    Area.KEY_FIELDS: 95,
    Area.OFFICES: 90,
    Area.DISCLOSURE: 80,
    Area.MAILBOXES: 70,
    Area.NEWS: 40,
    Area.OTHER: 20,
}
# Links within a part: all below its entry, so that every tree is entered before one is walked to its end.
INSIDE = {
    Area.GRASSROOTS: 60,
    Area.KEY_FIELDS: 60,
    Area.OFFICES: 30,
    Area.DISCLOSURE: 45,
    Area.MAILBOXES: 50,
    Area.NEWS: 25,
    Area.OTHER: 10,
}
# The order in which the walk spends its pages: fields' lists, then units' own pages, nameless links, static pages.
# Between the trees' roots (`ROOTS`) and what lies inside them (`INSIDE`).
UNIT = 65
# A field of the 26 is what the walk is for.
FIELD = 75
# A link without words may be a column's picture.
NAMELESS = 15
# Asked for at last: it may say who owes what.
STATIC = 5
# A step deeper costs little inside a tree, where columns lie, and more on the way to one.
DEPTH, DEEPER = 1, 4
_STATIC = re.compile(
    r"简介|概况|机构设置|内设机构|联系方式|主要职[责能]|地图|分工$|办公(?:时间|地址)|依申请公开|公开指南|风采|风光"
)


def area_of(name: str) -> Area | None:
    """The part of the portal that a menu entry of this name leads to; None where the name says nothing."""
    return next((area for area, words in _WORDS if words.search(name)), None)


def is_useless(name: str) -> bool:
    """Whether a link of this name leads to no column: site map, login, old version."""
    return bool(_NOT_WORTH.search(name))


def is_container(name: str) -> bool:
    """Whether a name is a tree's own (政务公开, 重点领域), never a field's or a column's."""
    return bool(_CONTAINERS.fullmatch(name))


def is_loose(name: str) -> bool:
    """Whether a heading stands over links that a page recommends and does not own (相关链接)."""
    return bool(_LOOSE.search(name))


def is_rest(name: str) -> bool:
    """Whether a heading gathers what belongs to no field (其他公开栏目)."""
    return bool(_ELSE.fullmatch(name))


def area_for(link: Link, source: Area | None) -> Area:
    """The part of the portal that a link leads into, met on a page of the part `source` (None: home)."""
    own = area_of(link.name)
    if source in TREES and own not in (Area.OFFICES, Area.MAILBOXES):
        # 政策文件, 政务公开 are names of columns inside a field.
        return source
    if own in ROOTS and own is not Area.NEWS:
        return own
    labelled = next((area for label in reversed(link.labels) if (area := area_of(label)) in TREES), None)
    if labelled:
        return labelled
    if source in (None, Area.OTHER, Area.NEWS):
        return own or Area.OTHER
    return source


def is_static(name: str) -> bool:
    """Whether a page of this name is written once (简介, 地图), not posted to."""
    return bool(_STATIC.search(name))


def priority_of(link: Link, area: Area, source: Area | None, depth: int, *, unit: bool) -> int:
    """From 0 (never ask) to about 100. `unit`: the link is a unit's among its like."""
    if link.posting or is_useless(link.name):
        return 0
    if unit:
        return UNIT
    if not is_name(link.name):
        return NAMELESS - depth
    if is_static(link.name):
        return STATIC
    own = area_of(link.name)
    if own is area and source is not area:
        # A unit's own 信息公开 is a root too, but the portal's comes first.
        return ROOTS[area] - DEEPER * depth
    if is_field(link.name) and area is not Area.OTHER:
        return FIELD - depth
    return max(INSIDE[area] - DEPTH * depth, 1)
