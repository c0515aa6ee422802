"""Words of a page's navigation as patterns: the way to the page, links to more, to the next article, to related ones."""

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
