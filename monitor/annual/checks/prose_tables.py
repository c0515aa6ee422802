"""A9: numbers of the prose that the tables also hold: requests, their results, documents, reviews and suits."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from monitor.annual.checks.equations import results_of
from monitor.annual.checks.numbers import MarkedSentence, Quantity, Remark
from monitor.annual.checks.report import CellPlace, Report

_COUNT = r"[共计有数总量为了的达约近 ]{0,6}#"
_ASKED = r"(?:依申请公开|公开申请|申请公开)"
_REQUESTS = (
    re.compile(_ASKED + r"的?(?:政府信息|信息|事项|案件|办件|件)?" + _COUNT),
    re.compile(r"#[件条份宗起次个例](?:政府)?(?:信息)?的?" + _ASKED),
)
_NOT_ALL = re.compile(
    r"网上|网络|在线|信函|邮寄|当面|现场|传真|邮箱|邮件|历年|累计|其中|自然人|法人|企业|同比|去年|上年|上一年|"
    r"部门|平均|每|撤回|撤销|补正|延期|协助|协办"
)
_VERBS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"下一?年", ("left",)),
    (r"收到|新收|受理|接收|接到|收悉|登记", ("new", "new+carried")),
    (r"", ("new", "new+carried", "decided")),
)
_NO_REQUEST = re.compile(
    r"(?:未|没有|无|尚未)(?:曾|发生|收到|接到|受理|新收|产生|出现)[^，。,#]{0,24}(?:公开申请|依申请公开|申请公开)"
)
_CATEGORIES = {
    "不予公开": "refused",
    "予以公开": "granted",
    "部分公开": "partial",
    "无法提供": "unable",
    "不予处理": "ignored",
    "其他处理": "other",
}
_CATEGORY = "(?:" + "|".join(_CATEGORIES) + ")"
_RESULT = re.compile(
    rf"({_CATEGORY}[”\"』」]?(?:(?:及|和|、|与|或|以及)[“\"『「]?{_CATEGORY}[”\"』」]?){{0,5}})(?:情形|申请|决定)?{_COUNT}"
)
_NORM = re.compile(rf"([^，。,#]{{0,16}})规范性文件{_COUNT}")
_NORM_COLUMNS: tuple[tuple[str, tuple[str, ...], bool], ...] = (
    (r"废止|失效|清理", ("repealed",), True),
    (r"有效|现有", ("in_force", "standing"), True),
    (r"制发|印发|制定|出台", ("made",), True),
    (r"制作|发布|公开|公布", ("made", "opened", "standing"), False),
)
_NORM_OTHERS = re.compile(r"解读|历年|部门|其中")
_COURT = re.compile(rf"(复议|诉讼)(?:案件|申请|案)?{_COUNT}")
_COURT_GROUPS = {"复议": ("review",), "诉讼": ("direct", "after")}


def read_requests(report: Report, sentence: MarkedSentence) -> Iterator[Remark]:
    """The number of requests that the prose states."""
    if sentence.sentence.section not in (1, 3):
        return
    for pattern in _REQUESTS:
        for match, quantity in sentence.found(pattern):
            clause = sentence.clause_before(match.end())
            if not _NOT_ALL.search(clause):
                yield from _against(sentence, quantity, _requests_due(report, clause), "依申请公开")
    if _NO_REQUEST.search(sentence.marked) and (new := report.number(3, "new", "total")):
        yield _fault(sentence, f"正文称没有收到申请，表三“{report.row_words(3, 'new')}”总计为 {new:f}")


def read_results(report: Report, sentence: MarkedSentence) -> Iterator[Remark]:
    """How many requests ended in 予以公开, 部分公开 and so on."""
    for match, quantity in sentence.found(_RESULT) if sentence.sentence.section in (1, 3) else ():
        names = re.findall(_CATEGORY, match[1])
        yield from _against(sentence, quantity, {"+".join(names): _category_sum(report, names)}, "办理结果")


def read_documents(report: Report, sentence: MarkedSentence) -> Iterator[Remark]:
    """How many 规范性文件 were made, repealed or are in force. What was *published* may be a part of them."""
    for match, quantity in sentence.found(_NORM):
        found = next((entry for entry in _NORM_COLUMNS if re.search(entry[0], match[1])), None)
        if found is None or _NORM_OTHERS.search(match[1]):
            continue
        _, columns, strict = found
        due = {report.place_words(CellPlace(2, "norm", k)): report.number(2, "norm", k) for k in columns}
        yield from _against(sentence, quantity, due, "规范性文件", strict=strict)


def read_courts(report: Report, sentence: MarkedSentence) -> Iterator[Remark]:
    """How many reviews and suits over disclosure there were."""
    about = sentence.sentence.section == 4 or "信息公开" in sentence.marked
    for match, quantity in sentence.found(_COURT) if about else ():
        number = _total([report.number(4, group, "total") for group in _COURT_GROUPS[match[1]]])
        yield from _against(sentence, quantity, {"表四" + match[1]: number}, match[1])


TABLE_READERS = (read_requests, read_results, read_documents, read_courts)


def _fault(sentence: MarkedSentence, words: str, *quantities: Quantity) -> Remark:
    return sentence.fault("A9", f"{words}（“{sentence.excerpt}”）", "正文与表格应当一致", *quantities)


def _against(
    sentence: MarkedSentence,
    quantity: Quantity,
    allowed: Mapping[str, Decimal | None],
    what: str,
    *,
    strict: bool = True,
) -> Iterator[Remark]:
    """A number against what the tables allow (None: not known). Not `strict`: a smaller number may be that of a part."""
    due = {name: number for name, number in allowed.items() if number is not None}
    hit = next((name for name, number in due.items() if quantity.may_be(number)), None)
    if hit is not None:
        yield sentence.tied(f"{quantity.words} = {hit} {due[hit]:f}", quantity)
    elif due and (strict or quantity.low >= max(due.values())):
        shown = "，".join(f"{name}为 {number:f}" for name, number in due.items())
        yield _fault(sentence, f"正文{what} {quantity.words}，{shown}", quantity)


def _requests_due(report: Report, clause: str) -> dict[str, Decimal | None]:
    keys = next(keys for verb, keys in _VERBS if re.search(verb, clause))
    new, carried = report.number(3, "new", "total"), report.number(3, "carried", "total")
    numbers = {
        "new": ("表三新收总计", new),
        "new+carried": ("表三新收加结转", _total([new, carried])),
        "decided": ("表三办理结果总计", report.number(3, "decided", "total")),
        "left": ("表三结转下年度总计", report.number(3, "left", "total")),
    }
    return dict(numbers[key] for key in keys)


def _category_sum(report: Report, names: list[str]) -> Decimal | None:
    prefixes = [_CATEGORIES[name] for name in names]
    rows = results_of(report, report.expected) if report.expected else ()
    return _total([report.number(3, row.key, "total") for row in rows if row.key.split(".")[0] in prefixes])


def _total(numbers: Sequence[Decimal | None]) -> Decimal | None:
    """The sum of numbers; None where there are none, or one is not known."""
    known = [number for number in numbers if number is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(numbers) else None
