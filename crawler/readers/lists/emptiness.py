"""The page's own sentence, in the list's place, that there is nothing (此栏目暂无任何新增信息)."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml import html

from crawler.page.elements import zone
from crawler.page.model import is_hidden
from crawler.page.page_words import MORE_LINK
from crawler.page.sentence_place import NO_STATEMENT
from crawler.page.titles import tidy
from crawler.page.tokens import TokenStream
from crawler.readers.lists.groups import Group
from crawler.readers.lists.page_context import PageContext
from crawler.readers.lists.place import belongs
from rules.vocabulary.words import alternatives

_THINGS = alternatives("empty.thing")
_SUBJECT = (
    r"(?:对不起|很?抱歉|您好|提示)?[，,！!：:]?(?:(?:此|该|本|当前)[\u4e00-\u9fff]{0,5}?)?"
    r"(?:中|下|内|里|目前|现在|还|尚|当前|，)?"
)
_AFTER = "(?:可?(?:更新|发布|公开|显示|展示|内容|记录|数据|信息|存在|哦|呢|了))*"
# 暂无 alone says it; 没有 and 无 only with words that can mean nothing else.
_SURELY = re.compile(
    rf"{_SUBJECT}{alternatives('empty.none_yet')}(?!法|需|缘)(?:[\u4e00-\u9fff]{{0,6}}?{_THINGS}{_AFTER})?"
)
_LIKELY = re.compile(
    rf"{_SUBJECT}{alternatives('empty.none')}"
    r"(?:发布|添加|更新|公开|任何|您要的|您(?:找|查询|搜索)的|符合条件的|满足条件的|新增|新的?|相关|相应|有关|最新|可显示的?|此类|的)*"
    rf"{_THINGS}{_AFTER}"
)
_ZERO = re.compile(
    r"(?:(?:共|总共|共有|一共|共计)\s{0,3}[:：]?\s{0,3}0\s{0,3}(?:条|篇|项|个信息|记录)|(?:总记录数?|记录总?数|总数|总条数)\s{0,3}[:：为]\s{0,3}0(?![\d.]))"
    r"(?:记录|信息|数据|内容|结果)?"
)
_COMMENTS = re.compile(r"评论|点评|回复|点赞|收藏")
# Each of the three sentences holds one of these: most texts are done with here.
_SAYS = re.compile(f"{alternatives('empty.none_yet')}|{alternatives('empty.none')}|0")
_ENDS = " \t\u3000。.！!~～…，,、;；:：·-—*【】[]()（）"
_CONDITIONS = re.compile(r"(?:v-|x-|ng-|ms-|wx:|:)(?:if|show|hide|hidden|else|else-if|switch)|\*ngif", re.I)
# The page's sentence, with its excuse; a longer text is an article that speaks of nothing found.
LONGEST = 40
# A pager prints 共 0 条 in up to five elements.
MOST_PIECES = 5
# Steps up to the common element: text, block, column. Fewer, and sentence and rows share a block.
COLUMNS_APART = 3


@dataclass(frozen=True, slots=True)
class Sentence:
    """The sentence as printed, and its place on the token stream."""

    text: str
    at: int


def find_sentence(stream: TokenStream, context: PageContext) -> Sentence | None:
    """The first such sentence, or None. Search boxes, sidebars, script templates, blocks with a heading of their
    own and one block among others of an overview do not count."""
    for at, token in enumerate(stream.tokens):
        said = says_nothing(token.text) and _counts(token.element)
        if said and not _teased(stream, at) and belongs(stream, context, at):
            return Sentence(tidy(token.text), at)
    return None


def find_zero(stream: TokenStream) -> Sentence | None:
    """共0条 in a pager's many pieces, unless it counts comments."""
    for at, token in enumerate(stream.tokens):
        if "共" in token.text or "总" in token.text:
            said = _ZERO.search(" ".join(stream.texts(at, at + MOST_PIECES)))
            if said and not _COMMENTS.search("".join(stream.texts(max(0, at - 2), at + MOST_PIECES))):
                return Sentence(tidy(said[0]), at) if _counts(token.element) else None
    return None


def stands_before(stream: TokenStream, sentence: Sentence, group: Group) -> bool:
    """Whether the sentence stands in a column of its own before that of the rows, or the rows have a heading
    of their own: then it speaks for the list, and the rows are a neighbour's. Beside the rows themselves it
    is a template that nobody shows."""
    if sentence.at >= group.start:
        return False
    element, steps = group.parent, 0
    while element is not None and stream.extent(element)[0] > sentence.at:
        element, steps = element.getparent(), steps + 1
    headed = any(text.strip() for text in stream.texts(sentence.at + 1, group.start))
    return steps >= COLUMNS_APART or (headed and steps == COLUMNS_APART - 1)


def stands_apart(
    stream: TokenStream, sentence: Sentence, zero: Sentence | None, name: str, group: Group
) -> bool:
    """Whether the sentence stands in a section of its own and the rows in another, and its section is the
    column's: it prints a total of zero too, or carries the column's name and theirs does not. Where sentence
    and rows share a section the rows are the list, and the sentence a template that nobody shows."""
    own, other = _sections(stream.tokens[sentence.at].element, group.parent)
    if own is None or other is None:
        return False
    start, end = stream.extent(own)
    if zero is not None and zero.at != sentence.at and start <= zero.at < end:
        return True
    return bool(name) and name in _texts(stream, own) and name not in _texts(stream, other)


def _sections(
    one: html.HtmlElement, other: html.HtmlElement | None
) -> tuple[html.HtmlElement | None, html.HtmlElement | None]:
    """The two children of the nearest common ancestor that hold the one and the other; None where one holds the
    other."""
    if other is None:
        return None, None
    mine, theirs = [one, *one.iterancestors()][::-1], [other, *other.iterancestors()][::-1]
    for a, b in zip(mine, theirs, strict=False):
        if a is not b:
            return a, b
    return None, None


def _texts(stream: TokenStream, element: html.HtmlElement) -> set[str]:
    return {tidy(text) for text in stream.texts(*stream.extent(element))}


# A site prints the same navigation on every page: what was said of a text is remembered for some pages.
@lru_cache(maxsize=8192)
def says_nothing(text: str) -> bool:
    """Whether a short text says that there is nothing to show."""
    text = tidy(text)
    if not 2 < len(text) <= LONGEST:
        return False
    bare = text.strip(_ENDS).replace(" ", "")
    if not _SAYS.search(bare) or NO_STATEMENT.search(text):
        return False
    clauses = [bare, *re.split(r"[，,！!。]", bare)]
    patterns = (_SURELY, _LIKELY, _ZERO)
    return any(pattern.fullmatch(clause) for clause in clauses for pattern in patterns)


def _counts(element: html.HtmlElement) -> bool:
    """In the list's place, and shown whatever a script decides."""
    return zone(element) >= 1 and not _conditional(element) and not _searches(element)


def _teased(stream: TokenStream, at: int) -> bool:
    """Whether the words stand in a block whose heading offers 更多: they speak for that block, not for the page."""
    around = set(islice(stream.tokens[at].element.iterancestors(), 3))
    before = (token for token in stream.tokens[max(0, at - 2) : at] if MORE_LINK.fullmatch(token.text))
    return any(not around.isdisjoint(islice(token.element.iterancestors(), 4)) for token in before)


def _conditional(element: html.HtmlElement) -> bool:
    around = [element, *element.iterancestors()]
    return any(is_hidden(one) or any(map(_CONDITIONS.fullmatch, one.attrib)) for one in around)


def _searches(element: html.HtmlElement) -> bool:
    """A form that only searches; ASP.NET puts the whole page into one form, which is no search box."""
    form = next(element.iterancestors("form"), None)
    return form is not None and form.find(".//li") is None and form.find(".//table") is None
