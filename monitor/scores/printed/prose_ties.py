"""Tying the prose of a paper to its tables: what a wrong sum upsets in it, and what is wrong of itself."""

from collections.abc import Iterator, Sequence

from monitor.scores.printed.discrepancies import Checked, Discrepancy, FilePlace, Kind
from monitor.scores.printed.figures import untied_figures
from monitor.scores.printed.paper import Paper
from monitor.scores.printed.prose import Claim, Misnamed, claims, misnamed, not_few, wrong_periods
from monitor.scores.printed.prose_names import Names


def tie_prose(
    paper: Paper, tables: Sequence[Checked], discrepancies: list[Discrepancy]
) -> Iterator[Discrepancy]:
    """The discrepancies of the tables with what they upset in the prose, then the prose's own."""
    claimed = list(claims(paper, Names(name for table in tables for name in table.totals)))
    own: list[Discrepancy] = []
    for table in tables:
        if table.form == "rows":
            discrepancies = _upset(claimed, tables, table, discrepancies)
            own += [_misnaming(each, table) for each in _wrong(claimed, tables, table, right=False)]
        own += not_few(claimed, table)
    yield from discrepancies
    yield from own
    yield from wrong_periods(claimed, tables)
    yield from untied_figures(paper, tables)


def _wrong(
    claimed: Sequence[Claim], tables: Sequence[Checked], table: Checked, right: bool
) -> list[Misnamed]:
    """Names that do not belong where a table puts them, unless another table bears the claim out."""
    others = [other for other in tables if other is not table and other.form == "rows"]
    wrong_there = [(other, {(m.claim, m.unit) for m in misnamed(claimed, other, right)}) for other in others]
    return [
        each
        for each in misnamed(claimed, table, right)
        if not any(each.unit in other.totals and (each.claim, each.unit) not in w for other, w in wrong_there)
    ]


def _misnaming(each: Misnamed, table: Checked) -> Discrepancy:
    return Discrepancy(
        each.claim.kind, FilePlace(table.title, line=each.claim.paragraph.line), each.sentence, each.unit
    )


def _upset(
    claimed: Sequence[Claim], tables: Sequence[Checked], table: Checked, discrepancies: list[Discrepancy]
) -> list[Discrepancy]:
    """Rows whose sum, put right, makes the prose name the wrong unit."""
    before = {(each.claim, each.unit) for each in _wrong(claimed, tables, table, right=False)}
    for each in _wrong(claimed, tables, table, right=True):
        if (each.claim, each.unit) in before:
            continue
        rows = [d for d in discrepancies if d.kind is Kind.ROW and d.unit in table.totals]
        cause = next((d for d in rows if d.unit == each.unit), rows[0] if rows else None)
        if cause:
            changed = cause.with_consequence(each.sentence)
            discrepancies = [changed if d is cause else d for d in discrepancies]
    return discrepancies
