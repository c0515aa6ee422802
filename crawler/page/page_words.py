"""Words of what stands around a page's text, as patterns: navigation, buttons, counters, footers, names of offices.

What an office's name may end in depends on its place: the more that proves, the looser the ending may be."""

import re

from rules.vocabulary.words import alternatives

_BREADCRUMB = alternatives("navigation.breadcrumb")
# 位置：at the beginning only: 地理位置： belongs to a text.
WHERE = re.compile(rf"{_BREADCRUMB}|^\s*位置\s*[:：]")
WHERE_OR_HOME = re.compile(rf"{WHERE.pattern}|首\s*页\s*[>»＞/]")
# The same as the beginning of a breadcrumb, with all that belongs to it.
WHERE_START = re.compile(
    rf"\s*[【\[]?[您你我]?(?:现在|当前|目前)?的?(?:{_BREADCRUMB}|位置|(?:当前|所在)的?栏目)\s*[】\]]?\s*(?:是|在)?\s*[:：>＞]?"
)
_MORE = alternatives("navigation.more")
# A link that is nothing else, and the same at the end of a heading.
MORE_LINK = re.compile(rf"\s*[\[【]?\s*{_MORE}\S{{0,3}}\s*[>»+\]】]*\s*", re.I)
MORE_AT_END = re.compile(rf"\s*(?:[\[【(（]?\s*(?:查看)?{_MORE}\s*[>＞»+…]*\s*[\]】)）]?)\s*$", re.I)
NEIGHBOUR = alternatives("navigation.neighbour")
# A line or a link that leads to the article before or after.
NEXT_ARTICLE = re.compile(
    rf"\s*[【\[]?\s*{alternatives('navigation.neighbour', 'navigation.neighbour_short', spaced=True)}"
    r"(?:\s|[:：\]】]|$|没有|文章|新闻|信息)"
)
HOME = alternatives("navigation.home", spaced=True)
PAGER_WORD = alternatives(
    "navigation.earlier_page", "navigation.next_page", "navigation.last_page", spaced=True
)
# A pager's link, its pages' numbers among them.
PAGER_LINK = re.compile(rf"{PAGER_WORD}|第?\s?\d{{1,4}}\s?页?")
RELATED = alternatives("navigation.related")
RECOMMENDED = re.compile(alternatives("navigation.recommended"))
# All that a link says, which leads somewhere without saying where.
SEE_MORE = re.compile(
    rf"{alternatives('tools.see_more')}|{PAGER_LINK.pattern}|[上下末尾]一?[篇条]|返回.{{0,4}}|\d{{1,6}}",
    re.IGNORECASE,
)
# The same of a link in a list, where buttons stand beside the titles; a long number may be a title (a letter's).
BUTTON = re.compile(
    rf"{alternatives('tools.see_more', 'tools.button', spaced=True)}|{PAGER_LINK.pattern}|[上下前后][一1]?[篇条]|{HOME}"
    r"|我要\S{1,4}|分享到\S{0,8}|返回\S{0,4}|(?:评论|点赞|转发|浏览|点击|阅读)\s?[(（:：]?\s?\d*\s?[)）]?次?",
    re.IGNORECASE,
)
# Anywhere in a short line beside an article.
TOOLS = re.compile(alternatives("tools.tool"))
# Buttons of an article; a list hardly has them.
PRINT_OR_CLOSE = re.compile(alternatives("tools.print_close"))

_BUTTONS = re.compile(
    r"^[【\[\s]*(?:扫一扫.{0,40}|扫码.{0,20}|分享[到至：:].{0,80}|分享|[上下]一[篇条页则个封].{0,200}|打\s?印.{0,30}|关\s?闭.{0,12}|返回.{0,6}|"
    r"我要(?:纠错|推荐|打印|写信|评价|咨询|投诉|留言).{0,12}|"
    rf"{RELATED}[：:]?.{{0,12}}|"
    r"网站(?:标识码|地图|声明|纠错).{0,200}|.{0,60}公网安备.{0,80}|技术支持.{0,80}|收\s?藏|.{0,60}网站标识码.{0,80}|"
    r"网友评论.{0,12}|保存到本地|您访问的链接即将离开.{0,60}|电子监管.{0,40}|承\s?办(?:单位)?\s?[：:].{0,200}|"
    r"信件查询|满意度(?:评价|调查)?.{0,12}|您对.{0,12}是?否?满意.{0,12}|(?:非常满意|满意|基本满意|不满意|一般|[\s/|]){2,}.{0,6}|验证码.{0,20})[\]】\s]*$",
    re.IGNORECASE,
)
_OWNER = r"版权(?:所有|声明).{0,200}|主\s?办(?:单位)?\s?[：:].{0,200}|.{0,80}ICP备.{0,80}|copyright.{0,200}|©.{0,200}"
_END = re.compile(
    rf"^[【\[\s]*(?:[上下]一[篇条封][：:\s]?.{{0,200}}|{_OWNER}|"
    r"最新(?:新闻|文章|信息)|热点(?:新闻|文章|排行).{0,12}|友情链接.{0,40})[\]】\s]*$",
    re.IGNORECASE,
)
_FOOTER = re.compile(rf"^[【\[\s]*(?:{_OWNER})$", re.IGNORECASE)
# Proof by itself: in a row, in brackets.
OFFICE_END = alternatives("offices.office")
# Where a label or a place says that an office stands there.
LABELLED_END = alternatives("offices.office", "offices.office_short")
_SIGNING_END = re.compile(
    alternatives("offices.office", "offices.office_short", "offices.office_loose") + "$"
)


def is_footer(text: str) -> bool:
    """Whose site it is: nothing of the page's matter follows."""
    return bool(_FOOTER.match(text))


def is_boilerplate(text: str) -> bool:
    """A button, a neighbour's link, a line of the footer."""
    return bool(_BUTTONS.match(text) or _END.match(text))


def ends_page(text: str) -> bool:
    """After this line nothing of the text follows."""
    return bool(_END.match(text))


def may_sign(name: str) -> bool:
    """Whether a name ends as one who signs or supplies a text: an office, a newspaper, a school."""
    return bool(_SIGNING_END.search(name))
