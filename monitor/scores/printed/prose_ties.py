"""Tying the prose of a paper to its tables: what a wrong sum upsets in it, and what is wrong of itself."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain, combinations

from monitor.scores.printed.discrepancies import Checked, Discrepancy, FilePlace, Kind
from monitor.scores.printed.paper import Paper, Paragraph
from monitor.scores.printed.prose import (
    Claim,
    Misnaming,
    Names,
    claims,
    misnamed,
    not_few,
    passed_over,
    unlisted,
    wrong_periods,
)
from monitor.scores.printed.prose_numbers import silent_units, wrong_numbers
from rules.vocabulary.points import add, parse_points, show_points
from rules.vocabulary.terms import Severity
from rules.vocabulary.white_space import squeeze

FIGURE = re.compile(r"(?<![\d,第])(\d[\d,]{0,14})[余多]?条")
BEFORE = re.compile(r"[^，。；：:,;]{2,40}\Z")
SHARED = 4
MOST_GRANDS = 6


def figures(paper: Paper) -> Iterator[tuple[Paragraph, str, Decimal]]:
    """(paragraph, the words before it, number) of every count of 条 that has words before it."""
    for paragraph in paper.paragraphs:
        plain = squeeze(paragraph.text)
        for match in FIGURE.finditer(plain):
            number = parse_points(match[1])
            words = BEFORE.search(plain[max(0, match.start() - 40) : match.start()])
            if number is not None and words:
                yield paragraph, words[0], number


def sums_of(tables: Sequence[Checked], right: bool = False) -> dict[Decimal, str]:
    """Every grand total, as printed or put right, and the sum of any of them, with how it is made up; the sum
    of all of them comes last."""
    grands = [table.grand_due if right else table.grand for table in tables if table.grand is not None]
    known = [grand for grand in grands[:MOST_GRANDS] if grand is not None]
    made: dict[Decimal, str] = {}
    for chosen in chain.from_iterable(combinations(known, size) for size in range(1, len(grands) + 1)):
        made.setdefault(add(chosen), " + ".join(show_points(grand) for grand in chosen))
    return made


def tied_figures(paper: Paper, tables: Sequence[Checked]) -> list[dict[str, str]]:
    """The numbers of the prose that equal a grand total or a sum of them."""
    made = sums_of(tables)
    return [
        {"line": str(paragraph.line), "figure": show_points(number), "equals": made[number]}
        for paragraph, _, number in figures(paper)
        if number in made
    ]


def untied_figures(paper: Paper, tables: Sequence[Checked]) -> Iterator[Discrepancy]:
    """Where no number of the prose is the sum of all the grand totals: the numbers stated of what the tables'
    headings name. One that only shares words with a table's title is a hint."""
    made = sums_of(tables)
    said = list(figures(paper))
    whole_sums = [list(each)[-1] for each in (made, sums_of(tables, right=True)) if each]
    if not made or any(number in whole_sums for _, _, number in said):
        return
    summed = [table for table in tables if table.grand is not None]
    heads = [squeeze(head) for table in summed for head in table.headings]
    titles = [squeeze(table.title) for table in summed]
    whole = "、".join(
        f"{show_points(total)}{f'（{how}）' if '+' in how else ''}" for total, how in made.items()
    )
    for paragraph, words, number in said:
        of_head = _share(words, heads)
        if number not in made and (of_head or _share(words, titles)):
            text = f"正文“{words}{show_points(number)}条”与附表合计不符，附表合计及其和为：{whole}。"
            severity = Severity.SCORE if of_head else Severity.NOTICE
            place = FilePlace(line=paragraph.line)
            yield Discrepancy(Kind.NUMBER, place, text, printed=show_points(number), severity=severity)


def _share(words: str, texts: Sequence[str]) -> bool:
    """Whether a run of SHARED letters stands in one of the texts too."""
    runs = [words[n : n + SHARED] for n in range(len(words) - SHARED + 1)]
    return any(run in text for run in runs for text in texts)


def tie_prose(
    paper: Paper, tables: Sequence[Checked], discrepancies: list[Discrepancy]
) -> Iterator[Discrepancy]:
    """The discrepancies of the tables with what they upset in the prose, then the prose's own."""
    names = Names(name for table in tables for name in table.totals)
    claimed, silent = list(claims(paper, names)), silent_units(paper, names)
    own: list[Discrepancy] = []
    for table in tables:
        if table.form == "rows":
            wrong = _wrong(claimed, tables, table, right=False)
            _upset(discrepancies, wrong, _wrong(claimed, tables, table, right=True), table)
            for claim, unit, sentence in wrong:
                place = FilePlace(table.title, line=claim.paragraph.line)
                own.append(Discrepancy(claim.kind, place, sentence, unit))
        own += not_few(claimed, table)
        own += passed_over(claimed, table, silent)
    yield from [*discrepancies, *own]
    yield from wrong_periods(claimed, tables)
    yield from untied_figures(paper, tables)
    yield from unlisted(claimed, names)
    yield from wrong_numbers(paper, names, tables)


def _wrong(
    claimed: Sequence[Claim], tables: Sequence[Checked], table: Checked, right: bool
) -> list[Misnaming]:
    """Names that do not belong where a table puts them, unless another table bears the claim out."""
    others = [other for other in tables if other is not table and other.form == "rows"]
    there = [(other, {(c, unit) for c, unit, _ in misnamed(claimed, other, right)}) for other in others]
    return [
        (claim, unit, sentence)
        for claim, unit, sentence in misnamed(claimed, table, right)
        if not any(unit in other.totals and (claim, unit) not in wrong for other, wrong in there)
    ]


def _upset(
    discrepancies: list[Discrepancy], wrong: list[Misnaming], after: list[Misnaming], table: Checked
) -> None:
    """Notes at the row whose sum, put right, makes the prose name the wrong unit that it does so: the unit's own row,
    else the first of the table."""
    before = {(claim, unit) for claim, unit, _ in wrong}
    rows = [n for n, d in enumerate(discrepancies) if d.kind is Kind.ROW and d.unit in table.totals]
    for claim, unit, sentence in after:
        if rows and (claim, unit) not in before:
            cause = next((n for n in rows if discrepancies[n].unit == unit), rows[0])
            discrepancies[cause] = discrepancies[cause].with_consequence(sentence)
