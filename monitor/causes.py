"""A cause's code as a Chinese sentence: the reader's causes, and those of turning pages."""

from crawler.reading.causes import CAUSES

WALK_CAUSES = {
    "page_limit": "列表页数超过上限，只读到一部分，计数为至少，可在站点文件中调大 max_pages",
    "rows_missing": "读到的信息少于页面标明的总数，计数为至少，请核对翻页是否正常",
    "pages_missing": "读到的页数少于页面标明的页数，计数为至少，请核对翻页是否正常",
    "browser_limit": "一夜之内用浏览器打开的页面已达上限，本栏目未读完，请为部分栏目配置接口",
    "page_repeats": "翻页后内容与前页相同，无法确认后面是否还有，计数为至少，请核对翻页是否正常",
}


def sentence_of(cause: str) -> str:
    """The sentence of a cause's code; the code itself where it is unknown."""
    if cause in WALK_CAUSES:
        return WALK_CAUSES[cause]
    known = CAUSES.get(cause)
    return known.sentence if known else cause
