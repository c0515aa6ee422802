"""What belongs to the page and never to its text (boilerplate): buttons, counters, neighbours' links, footers."""

import re

from crawler.page.navigation import HOME, PAGER_LINK, RELATED
from rules.vocabulary.words import alternatives

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
    r"网站(?:标识码|地图|声明|纠错).{0,200}|.{0,60}公网安备.{0,80}|技术支持.{0,80}|收\s?藏|政府网站标识码.{0,80}|"
    r"网友评论.{0,12}|保存到本地|您访问的链接即将离开.{0,60}|电子监管.{0,40}|承\s?办(?:单位)?\s?[：:].{0,200}|"
    r"信件查询|满意度(?:评价|调查)?.{0,12}|您对.{0,12}是?否?满意.{0,12}|(?:非常满意|满意|基本满意|不满意|一般|[\s/|]){2,}.{0,6}|验证码.{0,20})[\]】\s]*$",
    re.IGNORECASE,
)
_END = re.compile(
    r"^[【\[\s]*(?:[上下]一[篇条封][：:\s]?.{0,200}|版权(?:所有|声明).{0,200}|主\s?办(?:单位)?\s?[：:].{0,200}|.{0,80}ICP备.{0,80}|"
    r"copyright.{0,200}|©.{0,200}|最新(?:新闻|文章|信息)|热点(?:新闻|文章|排行).{0,12}|友情链接.{0,40})[\]】\s]*$",
    re.IGNORECASE,
)


_FOOTER = re.compile(
    r"^[【\[\s]*(?:版权(?:所有|声明).{0,200}|主\s?办(?:单位)?\s?[：:].{0,200}|.{0,80}ICP备.{0,80}|copyright.{0,200}|©.{0,200})$",
    re.IGNORECASE,
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
