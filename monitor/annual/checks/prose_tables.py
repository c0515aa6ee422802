"""A9: numbers of the prose that the tables also hold: requests, their results, documents, reviews and suits."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from monitor.annual.checks.equations import results_of
from monitor.annual.checks.findings import ReportFault
from monitor.annual.checks.numbers import Quantity
from monitor.annual.checks.remarks import MarkedSentence, Remark
from monitor.annual.checks.report import CellPlace, Report
from rules.vocabulary.terms import Severity

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
        for match in pattern.finditer(sentence.marked):
            quantity = sentence.quantity_in(match)
            clause = sentence.clause_before(match.end())
            if quantity is None or _NOT_ALL.search(clause):
                continue
            yield _against(sentence, quantity, _requests_due(report, clause), "依申请公开")
    if _NO_REQUEST.search(sentence.marked) and (new := report.number(3, "new", "total")):
        words = f"正文称没有收到申请，表三“{report.row_words(3, 'new')}”总计为 {new:f}"
        yield Remark((), finding=finding(sentence, words))


def read_results(report: Report, sentence: MarkedSentence) -> Iterator[Remark]:
    """How many requests ended in 予以公开, 部分公开 and so on."""
    if sentence.sentence.section not in (1, 3):
        return
    for match in _RESULT.finditer(sentence.marked):
        quantity = sentence.quantity_in(match)
        names = re.findall(_CATEGORY, match[1])
        due = _category_sum(report, names)
        if quantity is not None:
            yield _against(sentence, quantity, {} if due is None else {"+".join(names): due}, "办理结果")


def read_documents(report: Report, sentence: MarkedSentence) -> Iterator[Remark]:
    """How many 规范性文件 were made, repealed or are in force. What was *published* may be a part of them."""
    for match in _NORM.finditer(sentence.marked):
        quantity = sentence.quantity_in(match)
        found = next((entry for entry in _NORM_COLUMNS if re.search(entry[0], match[1])), None)
        if quantity is None or found is None or _NORM_OTHERS.search(match[1]):
            continue
        _, columns, strict = found
        cells = {
            report.place_words(CellPlace(2, "norm", key)): report.number(2, "norm", key) for key in columns
        }
        due = {name: number for name, number in cells.items() if number is not None}
        yield _against(sentence, quantity, due, "规范性文件", strict=strict)


def read_courts(report: Report, sentence: MarkedSentence) -> Iterator[Remark]:
    """How many reviews and suits over disclosure there were."""
    about = sentence.sentence.section == 4 or "信息公开" in sentence.marked
    for match in _COURT.finditer(sentence.marked) if about else ():
        quantity = sentence.quantity_in(match)
        groups = _COURT_GROUPS[match[1]]
        numbers = [report.number(4, group, "total") for group in groups]
        known = [number for number in numbers if number is not None]
        due = {"表四" + match[1]: sum(known, Decimal(0))} if len(known) == len(groups) else {}
        if quantity is not None:
            yield _against(sentence, quantity, due, match[1])


TABLE_READERS = (read_requests, read_results, read_documents, read_courts)


def finding(sentence: MarkedSentence, words: str, severity: Severity = Severity.NOTICE) -> ReportFault:
    """A9 at a sentence."""
    return ReportFault(
        "A9", sentence.place, f"{words}（“{sentence.excerpt}”）", "正文与表格应当一致", severity
    )


def _against(
    sentence: MarkedSentence,
    quantity: Quantity,
    due: Mapping[str, Decimal],
    what: str,
    *,
    strict: bool = True,
) -> Remark:
    """A number against what the tables allow. Not `strict`: a smaller number may be that of a part."""
    hit = next((name for name, number in due.items() if quantity.may_be(number)), None)
    if hit is not None:
        return Remark((quantity,), tie=sentence.tie(f"{quantity.words} = {hit} {due[hit]:f}"))
    if not due or (not strict and quantity.low < max(due.values())):
        return Remark(())
    shown = "，".join(f"{name}为 {number:f}" for name, number in due.items())
    return Remark((quantity,), finding=finding(sentence, f"正文{what} {quantity.words}，{shown}"))


def _requests_due(report: Report, clause: str) -> dict[str, Decimal]:
    keys = next(keys for verb, keys in _VERBS if re.search(verb, clause))
    new, carried = report.number(3, "new", "total"), report.number(3, "carried", "total")
    numbers = {
        "new": ("表三新收总计", new),
        "new+carried": ("表三新收加结转", None if new is None or carried is None else new + carried),
        "decided": ("表三办理结果总计", report.number(3, "decided", "total")),
        "left": ("表三结转下年度总计", report.number(3, "left", "total")),
    }
    return {name: number for name, number in (numbers[key] for key in keys) if number is not None}


def _category_sum(report: Report, names: list[str]) -> Decimal | None:
    form = report.expected
    if form is None:
        return None
    prefixes = [_CATEGORIES[name] for name in names]
    rows = [row.key for row in results_of(report, form) if row.key.split(".")[0] in prefixes]
    numbers = [report.number(3, row, "total") for row in rows]
    known = [number for number in numbers if number is not None]
    return sum(known, Decimal(0)) if rows and len(known) == len(rows) else None
