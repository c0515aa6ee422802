"""What a report claims to have published against what we counted ourselves in that year. Hints only: the report
may count notice boards and gazettes, we count the columns of the site file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from monitor.annual.checks.findings import ReportFault
from monitor.annual.checks.numbers import MarkedSentence
from monitor.annual.checks.prose_sums import totals_of
from monitor.annual.checks.report import Report
from rules.vocabulary.terms import Severity

BASIS = "与本系统采集结果比对"


@dataclass(frozen=True, slots=True)
class OwnCount:
    """Our count of a year: `number` postings of `who`, the whole truth if `exact`, else at least so many."""

    number: int
    exact: bool
    who: str
    year: int
    as_of: date

    def __str__(self) -> str:
        number = f"{self.number}" if self.exact else f"至少 {self.number}"
        return f"本系统统计{self.who} {self.year} 年 {number} 条（截至 {self.as_of:%Y-%m-%d}）"


def check_claims(report: Report, own: OwnCount) -> Iterator[ReportFault | str]:
    """A finding for each claim that differs, else a sentence: what agrees, or why nothing can be said."""
    if report.year != own.year:
        yield f"报告年度与本系统统计的年度（{own.year}）不同，没有比对公开数量"
        return
    if not own.number and not own.exact:
        yield f"本系统没有读到{own.who} {own.year} 年的信息，没有比对公开数量"
        return
    claims = totals_of([MarkedSentence(sentence) for sentence in report.prose], web=True)
    if not claims:
        yield f"正文没有写全年主动公开的总数；{own}"
    for sentence, quantity in claims:
        claim = f"报告称 {quantity.words}（“{sentence.excerpt}”）"
        if own.exact and quantity.may_be(Decimal(own.number)):
            yield f"{claim}，{own}，一致"
        elif own.exact or quantity.high < own.number:
            words = f"{claim}，{own}，请核实统计口径（宣传栏、公报等本系统不计）"
            yield ReportFault("claim", sentence.place, words, BASIS, Severity.NOTICE)
        else:
            yield f"{claim}，{own}：栏目没有全部读到，不能判断是否相符"
