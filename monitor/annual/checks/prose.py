"""Reads the prose of a report: what ties, what is at fault, and which numbers nothing can be tied to."""

from collections.abc import Iterator

from monitor.annual.checks.findings import Unmatched
from monitor.annual.checks.numbers import Quantity
from monitor.annual.checks.prose_sums import PROSE_READERS
from monitor.annual.checks.prose_tables import TABLE_READERS
from monitor.annual.checks.remarks import MarkedSentence, Remark
from monitor.annual.checks.report import Report

LONGEST_SENTENCE = 2000
MOST_SENTENCES = 3000


def read_prose(report: Report) -> tuple[list[Remark], list[Unmatched]]:
    """Every remark on the prose, and the numbers that no remark settles, in printed order."""
    sentences = [s for s in report.prose if s.section and len(s.text) <= LONGEST_SENTENCE][:MOST_SENTENCES]
    marked = [MarkedSentence(sentence) for sentence in sentences]
    remarks = list(_remarks(report, marked))
    settled = {quantity for remark in remarks for quantity in remark.quantities}
    return remarks, [_unmatched(each, q) for each in marked for q in each.quantities if q not in settled]


def _remarks(report: Report, marked: list[MarkedSentence]) -> Iterator[Remark]:
    for each in marked:
        for read in TABLE_READERS:
            yield from read(report, each)
    for read_all in PROSE_READERS:
        yield from read_all(marked)


def _unmatched(marked: MarkedSentence, quantity: Quantity) -> Unmatched:
    return Unmatched(marked.place, quantity.words, marked.excerpt)
