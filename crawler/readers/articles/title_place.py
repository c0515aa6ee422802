"""A title found by its place alone, where the page's head names none: over the byline, or the only heading."""

import re
import unicodedata
from collections.abc import Sequence

from crawler.page.labels import squeeze
from crawler.page.lines import Line
from crawler.page.navigation import NEIGHBOUR, RELATED, WHERE_OR_HOME
from crawler.readers.articles.article_labels import WORDS
from crawler.readers.articles.zone import Zone, bare_date, first_sentence, labelled_above

Place = tuple[str, int]
_PATH = re.compile(rf"{WHERE_OR_HOME.pattern}|[>»＞].{{0,30}}[>»＞]")
_BESIDE = re.compile(
    rf"^(?:{RELATED}|相关附件|友情链接|热[点门].{{0,6}}|附件(?:下载)?|扫一扫.*|分享.{{0,8}}|微信.{{0,10}}|{NEIGHBOUR}.*|"
    r"首\s*页|网站导航|通知公告|信息公开目录|政[务府]信息公开|导航|目录|正文|详细内容|信息详情)[:：]?$"
)
_SITE_WORD = re.compile(r"(?:政府|门户|网站|政务网|信息网|官网|[局委厅办院署]|人民政府网|公开网)$")
_SITE_NAME = re.compile(
    r"^(?!.*(?:关于|的)).{2,24}?(?:门户网站|政府网站|人民政府网?|政务网|信息网|政府网|官方网站|官网|网站群?)(?:www\.[\w.]{4,40})?$"
)
_SUFFIX = re.compile(r"(?:\s*(?:[_|｜]|[-–—]{1,2})\s*[一-鿿]{2,8})+$")
_LABELLED_DATE = re.compile(r"[:：]\s?(?:19|20)\d\d[-年/.]")


def key(text: str) -> str:
    """For comparing titles: width, white space and dots of abbreviation do not count."""
    return squeeze(unicodedata.normalize("NFKC", text)).rstrip(".…")


def stands_beside(text: str) -> bool:
    """A breadcrumb, a button, a heading of something beside the article."""
    return bool(_PATH.search(text) or _BESIDE.match(text))


def names_site(text: str) -> bool:
    """The name of a site: 某县人民政府门户网站."""
    return bool(_SITE_NAME.search(key(text)))


def above_byline(lines: Sequence[Line], zone: Zone, sites: set[str]) -> Place | None:
    """The line over the first byline that stands before any prose, with its number."""
    prose = first_sentence(lines, zone.record)
    for byline in sorted(at for at in zone.named - zone.record if at < prose)[:8]:
        first_part = lines[byline].parts[0]
        if len(lines[byline].parts) > 1 and may_name(first_part, sites) and not lines[byline].linked:
            return first_part, byline
        for at in range(byline - 1, max(byline - 4, -1), -1):
            line = lines[at]
            value = len(line.text) <= 20 and labelled_above(lines, at)
            free = not (line.linked or line.hidden or value) and at not in zone.bylines
            if free and may_name(line.text, sites):
                return line.text, at
    return None


def may_name(text: str, sites: set[str]) -> bool:
    """Words that could be a title, were they in its place."""
    own = key(text)
    if not 6 <= len(own) <= 120 or own in sites or bare_date(text) or WORDS.pattern.match(text):
        return False
    if _LABELLED_DATE.search(text):
        return False
    return not (stands_beside(text) or names_site(text))


def first_claim(claims: Sequence[str], sites: set[str]) -> str | None:
    """The first claim that is not merely the name of a site or a column, without the short names behind it."""
    for claim in (_without_names(one, claims) for one in claims):
        if key(claim) not in sites and not (_SITE_WORD.search(claim) and "关于" not in claim):
            return claim
    return None


def _without_names(claim: str, claims: Sequence[str]) -> str:
    """The claim cut before the columns and sites behind it, if a piece of the <title> ends there."""
    bare = _SUFFIX.sub("", claim) if len(claim) <= 400 else claim
    return bare if len(bare) >= 10 and bare in claims else claim
