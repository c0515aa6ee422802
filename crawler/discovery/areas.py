"""The parts of a portal that discovery looks for, recognised by the names that menus give them."""

import re
from enum import StrEnum


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
