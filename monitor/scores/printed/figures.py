"""Numbers of the prose that state a table's grand total: 基层政务公开领域发布 561 条 = 198 + 363."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from monitor.scores.printed.discrepancies import Checked, Discrepancy, FilePlace, Kind
from monitor.scores.printed.paper import Paper, Paragraph, squeeze
from rules.vocabulary.points import add, parse_points, show_points
from rules.vocabulary.terms import Severity

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
    grands = [table.grand_due if right else table.grand for table in tables if table.grand is not None][
        :MOST_GRANDS
    ]
    made: dict[Decimal, str] = {}
    for size in range(1, len(grands) + 1):
        for chosen in combinations([grand for grand in grands if grand is not None], size):
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
    heads = [squeeze(head) for table in tables if table.grand is not None for head in table.headings]
    titles = [squeeze(table.title) for table in tables if table.grand is not None]
    whole = "、".join(
        show_points(total) + (f"（{how}）" if "+" in how else "") for total, how in made.items()
    )
    for paragraph, words, number in said:
        of_head = any(_share(words, head) for head in heads)
        if number in made or not (of_head or any(_share(words, title) for title in titles)):
            continue
        text = f"正文“{words}{show_points(number)}条”与附表合计不符，附表合计及其和为：{whole}。"
        severity = Severity.SCORE if of_head else Severity.NOTICE
        place = FilePlace(line=paragraph.line)
        yield Discrepancy(Kind.NUMBER, place, text, printed=show_points(number), severity=severity)


def _share(words: str, head: str) -> bool:
    """Whether both have a run of SHARED letters."""
    return any(words[n : n + SHARED] in head for n in range(len(words) - SHARED + 1))
