"""META tags that a page must carry (国办发〔2017〕47号《政府网站发展指引》): names in any case, an empty value is none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class PageLevel(StrEnum):
    """What kind of page it is: each asks for the site's tags, and for its own."""

    HOME = "首页"
    COLUMN = "栏目页"
    ARTICLE = "内容页"


SITE_TAGS = ("SiteName", "SiteDomain", "SiteIDCode")
COLUMN_TAGS = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
ARTICLE_TAGS = ("ArticleTitle", "PubDate", "ContentSource")

REQUIRED: dict[PageLevel, tuple[str, ...]] = {
    PageLevel.HOME: SITE_TAGS,
    PageLevel.COLUMN: SITE_TAGS + COLUMN_TAGS,
    PageLevel.ARTICLE: SITE_TAGS + ARTICLE_TAGS,
}


def missing_tags(level: PageLevel, meta: Mapping[str, str]) -> tuple[str, ...]:
    """The required tags that a page's META (name → content) lacks or leaves empty, in the standard's order."""
    filled = {name.strip().lower() for name, content in meta.items() if content.strip()}
    return tuple(tag for tag in REQUIRED[level] if tag.lower() not in filled)


@dataclass(frozen=True, slots=True)
class Lacking:
    """A required tag, on how many pages it is missing or empty, and the address of the first of them."""

    tag: str
    pages: int
    example: str = ""


def lacking(level: PageLevel, pages: Iterable[tuple[str, Mapping[str, str]]]) -> tuple[Lacking, ...]:
    """What the pages (address, META) of a level lack, in the standard's order."""
    lost: dict[str, list[str]] = {tag: [] for tag in REQUIRED[level]}
    for url, meta in pages:
        for tag in missing_tags(level, meta):
            lost[tag].append(url)
    return tuple(Lacking(tag, len(urls), urls[0]) for tag, urls in lost.items() if urls)
