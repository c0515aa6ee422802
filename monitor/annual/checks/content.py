"""What the 2021 form asks of the text: 五 not repeated from year to year, information-processing fees in 六."""

import re
from collections.abc import Iterator

from monitor.annual.checks.findings import ReportFault
from monitor.annual.checks.forms import FORM_2021
from monitor.annual.checks.report import Report
from rules.vocabulary.terms import Severity

MOST_REPEATED = 0.8
SHORTEST = 12
_YEAR = re.compile(r"20\d\d ?年?")


def check_fees(report: Report) -> Iterator[ReportFault]:
    """六 of the 2021 form reports the information-processing fees charged, none included."""
    text = report.text_of(6)
    if report.form == FORM_2021.key and report.section_named(6) and "处理费" not in text:
        words = "没有写明收取信息处理费的情况（没有收取也应写明）"
        yield ReportFault("A10.fees", "六、其他需要报告的事项", words, FORM_2021.basis, Severity.NOTICE)


def check_repeated(report: Report, last: Report) -> Iterator[ReportFault]:
    """五 of the new form must not repeat last year's."""
    if report.year is None or report.year < FORM_2021.first:
        return
    now, before = _sentences(report), set(_sentences(last))
    if not now or not before:
        return
    share = sum(len(text) for text in now if text in before) / sum(map(len, now))
    if share >= MOST_REPEATED:
        words = f"与上年报告同一部分雷同：{share:.0%} 的文字逐句相同"
        yield ReportFault(
            "A10.repeated", "五、存在的主要问题及改进情况", words, FORM_2021.basis, Severity.NOTICE
        )


def _sentences(report: Report) -> list[str]:
    """Sentences of 五 long enough to tell, without years."""
    texts = (_YEAR.sub("", sentence.text) for sentence in report.prose if sentence.section == 5)
    return [text for text in texts if len(text) >= SHORTEST]
