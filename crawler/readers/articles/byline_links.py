"""What a link around an article leads to: another article, or the site and its columns."""

import re
import unicodedata
from itertools import islice

from lxml import html

from crawler.page.addresses import leads_to_column, leads_to_home
from crawler.page.lines import Line, ancestors
from rules.vocabulary.white_space import squeeze

# Guard: a line with more links is a menu.
_MOST_LINKS = 20
_SITE_NAME = re.compile(
    r"^(?!.*(?:关于|的)).{2,24}?(?:门户网站|政府网站|人民政府网?|政务网|信息网|政府网|官方网站|官网|网站群?)(?:www\.[\w.]{4,40})?$"
)


def names_site(text: str) -> bool:
    """The name of a site: 某县人民政府门户网站."""
    return bool(_SITE_NAME.search(squeeze(unicodedata.normalize("NFKC", text))))


def of_site(link: html.HtmlElement) -> bool:
    """By its name, or with the address of a home page (/, http://www.x.gov.cn, ../home.html)."""
    return names_site(link.text_content()) or leads_to_home(link.get("href") or "")


def names_article(link: html.HtmlElement) -> bool:
    """Neither the site nor a column's folder. The name of an office proves nothing: titles end so too (…工作推进会)."""
    return not (of_site(link) or leads_to_column(link.get("href") or "", ""))


def links_of(line: Line) -> list[html.HtmlElement]:
    """The links of a line, or the one that it stands in."""
    inner = list(islice(line.element.iter("a"), _MOST_LINKS))
    return inner or [node for node in islice(ancestors(line.element), 3) if node.tag == "a"]


def linked_beside_site(line: Line) -> int:
    """Characters of a line that are linked, links to the site itself left out."""
    links = links_of(line) if line.linked else ()
    return line.linked - sum(len(squeeze(link.text_content())) for link in links if of_site(link))
