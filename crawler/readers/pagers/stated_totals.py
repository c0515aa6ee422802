"""What a pager says of the whole list: 共33条, 1/5, 总记录数, Total record."""

import re
from dataclasses import dataclass

from crawler.page.tokens import TokenStream

# What readers left is counted beside a list, and is none of its rows.
NOT_OTHERS = r"(?!\s?(?:评论|点评|回复|跟帖|点赞|收藏|附件))"
_ROWS = (
    re.compile(
        rf"共\s?(?:有|计|搜索到|查询到|找到|检索到)?\s?[:：]?约?\s?(\d{{1,7}})\s?(?:条|篇|个?记录|项|则|封|件|个信息|行){NOT_OTHERS}"
    ),
    re.compile(
        r"(?:总记录(?:条数|数)?|记录总?数|总条数|总数据?|信息总数|数据总数|总计|合计|Total records?)"
        r"\s?[:：]?\s?(?:为|共)?\s?(\d{1,7})(?!\s?页)",
        re.I,
    ),
    re.compile(r"(?:搜索|查询|检索|找)到\s?(?:约|相关)?\s?(\d{1,7})\s?(?:条|篇|项|个)"),
    re.compile(r"(?<!每)页\s?[/／,，|]?\s?(?:共)?\s?(\d{1,7})\s?条(?!\s?/\s?页)"),
    re.compile(r"(?<!每页)(?<![\d:：/])\s(\d{1,7})\s?条(?:记录|信息|数据)"),
)
_PAGES = (
    re.compile(r"(?:共|总共|共有|共计|分)\s?[:：]?\s?(\d{1,5})\s?页"),
    re.compile(r"(?:总页数|页数)\s?[:：]?\s?(\d{1,5})"),
    re.compile(r"(?:页次|页码|当前|第)\s?[:：]?\s?\d{1,5}\s?页?\s?[/／]\s?(?:共|总)?\s?(\d{1,5})"),
)
_CURRENT = (re.compile(r"(?:页次|当前(?:第|页)?|第)\s?[:：]?\s?(\d{1,5})\s?(?:页|[/／])"),)
_FRACTION = re.compile(r"(?<![\d/.-])(\d{1,5})\s?[/／]\s?(\d{1,5})(?=页|[^\w/.-]|$)")
_ALONE = re.compile(r"\s*(\d{1,7})\s?条(?:记录|信息|数据)?\s*")
_EACH = re.compile(r"(?:每页|显示|[-~/／至到])[：:]?\s*$")
_PAGER_WORD = re.compile(r"[上下首尾末]一?页|最后|共|记录|页次|条|转到|跳")
# Characters around 1/5 in which a pager's word makes it a page of five.
NEAR = 30


@dataclass(frozen=True, slots=True)
class Totals:
    """None where the pager does not say. `current` counts from 1."""

    rows: int | None = None
    pages: int | None = None
    current: int | None = None


def read_totals(stream: TokenStream, start: int, end: int) -> Totals:
    """The sayings of `stream.tokens[start:end]`, the surroundings of the list."""
    text = " ".join(" ".join(stream.texts(start, end)).split())
    rows, pages, current = _apart(stream, start, end), _first(_PAGES, text), _first(_CURRENT, text)
    said = next((one for one in _FRACTION.finditer(text) if _in_pager(text, one)), None)
    if said and int(said[1]) <= int(said[2]):
        pages = int(said[2]) if pages is None else pages
        current = int(said[1]) if current is None else current
    if pages is not None and current is not None and current > max(pages, 1):
        pages = None
    return Totals(_first(_ROWS, text) if rows is None else rows, pages, current)


def _in_pager(text: str, match: re.Match[str]) -> bool:
    """1/5 counts pages beside a pager's words, and pictures anywhere else."""
    around = text[max(0, match.start() - NEAR) : match.end() + NEAR]
    return bool(_PAGER_WORD.search(around.replace(match[0], "")))


def _apart(stream: TokenStream, start: int, end: int) -> int | None:
    """A total set apart: an element that says nothing but 58条."""
    before = ""
    for token in stream.tokens[start:end]:
        alone = _ALONE.fullmatch(token.text) if "条" in token.text else None
        if alone and not _EACH.search(before):
            return int(alone[1])
        before = token.text or before
    return None


def _first(patterns: tuple[re.Pattern[str], ...], text: str) -> int | None:
    return next((int(match[1]) for pattern in patterns if (match := pattern.search(text))), None)
