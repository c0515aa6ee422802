"""Numbers of the prose against each other: the year's total, mailboxes and their sum, parts after 其中, fields."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby, islice

from monitor.annual.checks.findings import ARTICLE_50
from monitor.annual.checks.numbers import MarkedSentence, Quantity, Remark
from rules.vocabulary.terms import Severity

_TOTAL = re.compile(
    r"(?:主动公开|公开|发布|公布)了?(?:各类|各种|各项)?(?:政府|政务|政务公开|政府公开)?(?:各类)?信息"
    r"(?:内容)?[共计有数总量为了的达约近超 ]{0,6}#[条件篇]"
)
_PARTIAL = re.compile(
    r"领域|栏目|专栏|专题|解读|其中|历年|以来|累计|上级|转载|平均|每|季度|[0-9]月|近[两三五]年|去年|上年|动态|分别"
)
_CHANNELS = (
    re.compile(r"网站|门户|网络|平台|网上"),
    re.compile(r"微博|微信|公众号|头条|抖音|新媒体|客户端|APP", re.IGNORECASE),
    re.compile(r"公报|报纸|报刊|电视|广播|宣传栏|公示栏|公开栏|显示屏|简报|展板|新闻发布"),
)
_SEVERAL = re.compile(r"等(?:多种|各种|各类|多个)?(?:平台|渠道|形式|方式|途径|载体|媒体|媒介|多)")
_BOX = re.compile(r"([\u4e00-\u9fff]{0,4}(?:信箱|邮箱|留言板))(?:[^，。,、;#]{0,8})#(?:件|条|封|次)")
_LETTERS = re.compile(
    r"(?:回复|答复|办理|收到|受理|处理|回应)[^，。,;#]{0,10}(?:咨询|留言|来信|信件|意见|诉求|建议)"
    r"[共计有数总量为了的达约近 ]{0,6}#(?:件|条|封|次|人次)"
)
_AMONG = re.compile(r"其中")
_OUTSIDE = re.compile(r"办结|答复|结转|剩余|已|占|同比|增长|回复|另|均|办理|共|累计|解读|阅读|点击|浏览|关注")
_FIELDS = re.compile(r"#个(?:基层政务公开|基层)?(?:试点|重点)?领域")
_CATALOGUE = re.compile(r"(?:标准)?指引|标准目录|事项目录|公开目录|指引和目录|标准规范")
MOST_LISTS = 3  # of one sentence
FIELDS_BASIS = "国办发〔2019〕54号"
SUM_BASIS = "正文中的数字应当自相一致"


def totals_of(
    sentences: Sequence[MarkedSentence], *, web: bool = False
) -> list[tuple[MarkedSentence, Quantity]]:
    """Numbers that the prose calls all postings of the year: not of one field, one medium or one part. `web`:
    those of the website alone too."""
    return [
        (sentence, quantity)
        for sentence in sentences
        if sentence.sentence.section == 1
        for match, quantity in sentence.found(_TOTAL)
        if not _is_part(sentence.marked, match.start(), web=web)
    ]


def read_totals(sentences: Sequence[MarkedSentence]) -> Iterator[Remark]:
    """Two different numbers, both called the year's postings."""
    totals = totals_of(sentences)
    for sentence, quantity in totals[1:]:
        first, number = totals[0]
        if quantity.meets(number):
            yield sentence.tied(f"{quantity.words} 与 {number.words} 一致", quantity, number)
            continue
        words = (
            f"全年公开信息的总数有两个：{number.words}（“{first.excerpt}”）与 {quantity.words}"
            f"（“{sentence.excerpt}”），请核实口径"
        )
        yield sentence.fault("A9.two_totals", words, ARTICLE_50, number, quantity, severity=Severity.SCORE)


def read_mailboxes(sentences: Sequence[MarkedSentence]) -> Iterator[Remark]:
    """回复群众意见 109 次 = 市长信箱 23 件 + 区长信箱 86 件, within one paragraph."""
    for _, group in groupby(sentences, key=lambda each: each.sentence.paragraph):
        paragraph = list(group)
        boxes = [quantity for each in paragraph for _, quantity in each.found(_BOX)]
        wholes = [(each, q) for each in paragraph for _, q in each.found(_LETTERS) if q not in boxes]
        if len(boxes) > 1 and len(wholes) == 1:
            yield from _sum(*wholes[0], boxes, exhaustive=True)


def read_parts(sentences: Sequence[MarkedSentence]) -> Iterator[Remark]:
    """N 条，其中 A a 条，B b 条: the parts may leave a rest, but not exceed the whole."""
    for sentence in sentences:
        for match in islice(_AMONG.finditer(sentence.marked), MOST_LISTS):
            before = [quantity for quantity, at in sentence.placed if at < match.start()]
            parts = list(_parts_after(sentence, match.end(), before[-1])) if before else []
            if len(parts) > 1:
                yield from _sum(sentence, before[-1], parts, exhaustive=False)


def read_fields(sentences: Sequence[MarkedSentence]) -> Iterator[Remark]:
    """26 个试点领域 against the number of fields for which a catalogue is said to be made."""
    stated = [
        (each, quantity, bool(_CATALOGUE.search(each.marked[match.end() : match.end() + 24].split("，")[0])))
        for each in sentences
        if each.sentence.section == 1
        for match, quantity in each.found(_FIELDS)
    ]
    target = next((quantity for _, quantity, catalogue in stated if not catalogue), None)
    for sentence, made, catalogue in stated:
        if not catalogue or target is None:
            continue
        if made.meets(target):
            yield sentence.tied(f"{made.words} = {target.words}", made, target)
            continue
        words = (
            f"正文称 {target.words}试点领域，编制标准指引或目录的却是 {made.words}（“{sentence.excerpt}”）"
        )
        yield sentence.fault("A9.fields", words, FIELDS_BASIS, made, target)


PROSE_READERS = (read_totals, read_mailboxes, read_parts, read_fields)


def _sum(
    sentence: MarkedSentence, whole: Quantity, parts: Sequence[Quantity], *, exhaustive: bool
) -> Iterator[Remark]:
    low, high = sum((q.low for q in parts), Decimal(0)), sum((q.high for q in parts), Decimal(0))
    shown = " + ".join(quantity.words for quantity in parts)
    if low <= whole.high and whole.low <= high:
        yield sentence.tied(f"{whole.words} = {shown}", whole, *parts)
    elif exhaustive or low > whole.high:
        total = f"{low:f}" if low == high else f"至少 {low:f}"
        words = f"{whole.words}，各项 {shown} 合计 {total}（“{sentence.excerpt}”）"
        yield sentence.fault("A9.sum", words, SUM_BASIS, whole, *parts)


def _parts_after(sentence: MarkedSentence, start: int, whole: Quantity) -> Iterator[Quantity]:
    at = start
    for quantity, place in sentence.placed:
        if place < start:
            continue
        if quantity.measure != whole.measure or _OUTSIDE.search(sentence.marked, at, place):
            return
        yield quantity
        at = place


def _is_part(marked: str, start: int, *, web: bool) -> bool:
    """By the words before a claim, from the number before it or the sentence's beginning."""
    scope = marked[marked.rfind("#", 0, start) + 1 : start]
    channels = [bool(channel.search(scope)) for channel in _CHANNELS]
    alone = sum(channels) == 1 and not _SEVERAL.search(scope)
    return bool(_PARTIAL.search(scope)) or (alone and not (web and channels[0]))
