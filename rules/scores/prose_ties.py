"""Tying the prose of a paper to its tables: what a wrong sum upsets in it, and what is wrong of itself."""

from collections.abc import Iterator, Sequence

from rules.scores.figures import untied_figures
from rules.scores.names import Names
from rules.scores.printed import Paper
from rules.scores.prose import Claim, Misnamed, claims, misnamed, not_few, wrong_periods
from rules.scores.slips import Checked, Kind, Place, Slip


def tie_prose(paper: Paper, tables: Sequence[Checked], slips: list[Slip]) -> Iterator[Slip]:
    """The slips of the tables with what they upset in the prose, then the prose's own."""
    claimed = list(claims(paper, Names(name for table in tables for name in table.totals)))
    own: list[Slip] = []
    for table in tables:
        if table.form == "rows":
            slips = _upset(claimed, tables, table, slips)
            own += [_misnaming(each, table) for each in _wrong(claimed, tables, table, right=False)]
        own += not_few(claimed, table)
    yield from slips
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


def _misnaming(each: Misnamed, table: Checked) -> Slip:
    return Slip(each.claim.kind, Place(table.title, line=each.claim.paragraph.line), each.sentence, each.unit)


def _upset(
    claimed: Sequence[Claim], tables: Sequence[Checked], table: Checked, slips: list[Slip]
) -> list[Slip]:
    """Rows whose sum, put right, makes the prose name the wrong unit."""
    before = {(each.claim, each.unit) for each in _wrong(claimed, tables, table, right=False)}
    for each in _wrong(claimed, tables, table, right=True):
        if (each.claim, each.unit) in before:
            continue
        rows = [slip for slip in slips if slip.kind is Kind.ROW and slip.unit in table.totals]
        cause = next((slip for slip in rows if slip.unit == each.unit), rows[0] if rows else None)
        if cause:
            changed = cause.with_consequence(each.sentence)
            slips = [changed if slip is cause else slip for slip in slips]
    return slips
