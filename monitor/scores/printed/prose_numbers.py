"""Numbers that the prose beside a table states: of one unit, of how many units, of a whole and its part, of a rate; and what it says
was not published at all."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from monitor.scores.printed.discrepancies import Checked, Discrepancy, FilePlace, Kind
from monitor.scores.printed.paper import Paper, Paragraph
from monitor.scores.printed.prose import Names
from rules.vocabulary.points import places, rounded, same_printed, show_points
from rules.vocabulary.terms import Severity
from rules.vocabulary.white_space import squeeze

CLAUSES = re.compile(r"[，,。；;：:、（）()]")
QUOTED = re.compile(r"(?<![\d.第])(\d{1,6}(?:\.\d{1,3})?)(分|条)(?!钟|之|以|左|管|局|会|公司)")
# Points that are given, taken or compared are no unit's score.
NOT_ITS_OWN = re.compile(
    r"加|扣|减|满分|高于|低于|高出|相差|差距|超过|不足|增加|增长|奖|每|各|均|平均|总共|共计|一共"
)
POSTINGS = re.compile(r"条|数量|(?:信息|发布)数")
LONGEST_BEHIND = 8  # letters of a clause whose number is still of the unit before it: 为 90 分
WHOLE = re.compile(r"(?:共|总计)[^，。；\d]{0,16}?(\d{1,7})(条|件|个|篇|项)")
PART = re.compile(r"其中[^。；\d]{0,24}?(\d{1,7})(条|件|个|篇|项)")
RATE = re.compile(r"(?P<what>[一-龥]{2})率(?:为|是|达到?|约)?(?P<rate>\d{1,3}(?:\.\d{1,3})?)[%％]")
NUMBER = re.compile(r"(\d{1,7})(?:余|多)?[件个条项篇]")
COUNTED = re.compile(
    r"(?:共|参评|参加|考核|检查|抽查|通报)[^，。；、\d]{0,16}?(\d{1,3})[个家][^，。；]{0,4}(?:单位|部门|镇|乡|街道)"
    r"|(?:单位|部门|镇|乡|街道|街道[）)])(\d{1,3})[个家]"
)
NOTHING = re.compile(r"(?:未|没有|没)(?:发布|公开|更新)(?:过)?(?:任何)?(?:政府|政务)?信息|零发布")
# A clause that says so of the unit as a whole holds nothing else.
OF_ALL = re.compile(
    rf"(?:20\d\d年|[一二三四本上]季度|第|\d{{1,2}}月份?|[-—–至]|全年|本期|期间|均|也|都|一直|仍)*(?:{NOTHING.pattern})"
)
ZERO = Decimal(0)
SHORTEST_NAME = 4  # of a column's name that is looked for in a sentence


def wrong_numbers(paper: Paper, names: Names, tables: Sequence[Checked]) -> Iterator[Discrepancy]:
    """Every such number that the tables, or the sentence itself, contradict."""
    for paragraph, sentence in paper.sentences():
        plain = squeeze(sentence)
        yield from _of_units(paragraph, plain, names, tables)
        yield from _parts(paragraph, plain)
        yield from _rates(paragraph, plain)
        yield from _how_many(paragraph, plain, tables)
        yield from _silent(paragraph, plain, names, tables)


def silent_units(paper: Paper, names: Names) -> set[str]:
    """The units of which the prose says that something was not published."""
    return {
        unit
        for _, sentence in paper.sentences()
        for clause in re.split(r"[，,；;]", sentence)
        if NOTHING.search(squeeze(clause))
        for unit in names.find(clause)[0]
    }


def _of_units(
    paragraph: Paragraph, plain: str, names: Names, tables: Sequence[Checked]
) -> Iterator[Discrepancy]:
    """A number right behind the one unit that is named, in its clause or the next: it must stand in that unit's row of a
    table that counts the same thing."""
    start, unit = 0, ""
    for end in [match.start() for match in CLAUSES.finditer(plain)] + [len(plain)]:
        clause, start = plain[start:end], end + 1
        found, rest = names.find(clause)
        behind = unit if not found and len(rest) <= LONGEST_BEHIND else ""
        own = found[0] if len(found) == 1 else behind
        match = QUOTED.search(clause)
        if own and match and not NOT_ITS_OWN.search(rest):
            number = Decimal(match[1])
            rows = [t.cells[own] for t in tables if own in t.cells and _counts(t, match[2])]
            if rows and not any(number in row for row in rows):
                text = f"正文写{own}“{match[0]}”，表中该单位没有这个数。"
                yield _found(paragraph, text, own, show_points(number))
        unit = found[0] if len(found) == 1 and not match else ""


def _counts(table: Checked, measure: str) -> bool:
    """Whether a table is of points (分), or of postings (条)."""
    postings = table.form == "blocks" or any(POSTINGS.search(heading) for heading in table.headings)
    return postings if measure == "条" else not postings


def _parts(paragraph: Paragraph, plain: str) -> Iterator[Discrepancy]:
    """共发布 550 条，其中 561 条."""
    for whole in WHOLE.finditer(plain):
        part = PART.search(plain, whole.end())
        if part and part[2] == whole[2] and int(part[1]) > int(whole[1]):
            yield _found(
                paragraph,
                f"正文写共 {whole[1]}{whole[2]}，其中 {part[1]}{part[2]}，部分多于总数。",
                "",
                part[1],
            )


def _rates(paragraph: Paragraph, plain: str) -> Iterator[Discrepancy]:
    """受理 11 个，办结 10 个，办结率 100%: a rate with its own number, and one before that is the whole."""
    for match in RATE.finditer(plain):
        before = plain[: match.start()]
        own = list(
            re.finditer(rf"{match['what']}[^，。；\d]{{0,8}}?(\d{{1,7}})(?:余|多)?[件个条项篇]", before)
        )
        wholes = [int(each[1]) for each in NUMBER.finditer(before[: own[-1].start()])] if own else []
        if not any(wholes):
            continue
        part, printed = int(own[-1][1]), Decimal(match["rate"])
        dues = [Decimal(part) * 100 / whole for whole in wholes if whole]
        if not any(same_printed(due, printed, places(printed)) for due in dues):
            due = show_points(rounded(dues[-1], 2))
            text = f"正文写{match['what']} {part}、{match[0]}，按文中的 {wholes[-1]} 计算应为 {due}%。"
            yield _found(paragraph, text, "", f"{printed}%", f"{due}%")


def _how_many(paragraph: Paragraph, plain: str, tables: Sequence[Checked]) -> Iterator[Discrepancy]:
    """How many units there are: as many as a table has, or as all have."""
    rows = [table.rows for table in tables]
    for match in COUNTED.finditer(plain) if rows else ():
        number = int(match[1] or match[2])
        if number > max(rows) // 2 and number not in (*rows, sum(rows)):
            shown = "、".join(map(str, rows))
            text = f"正文写“{match[0]}”，而表中的单位数为 {shown}，请核实。"
            yield _found(paragraph, text, "", f"{number}", severity=Severity.NOTICE)


def _silent(
    paragraph: Paragraph, plain: str, names: Names, tables: Sequence[Checked]
) -> Iterator[Discrepancy]:
    """What was not published, of a unit as a whole or in a column that a table names, and the table's number is not 0."""
    for clause in re.split(r"[，,；;]", plain):
        found, rest = names.find(clause)
        if len(found) != 1 or not NOTHING.search(clause):
            continue
        [unit] = found
        for table in (table for table in tables if unit in table.totals):
            said = {
                leaf: numbers
                for leaf, numbers in table.leaves.get(unit, {}).items()
                if len(leaf) >= SHORTEST_NAME and leaf in clause
            }
            leaf = max(said, key=len, default="")
            number = min(said[leaf]) if leaf else table.totals[unit] if OF_ALL.fullmatch(rest) else ZERO
            if number:
                shown = show_points(number)
                text = f"正文称{unit}{leaf}未发布信息，表中为 {shown}。"
                yield _found(paragraph, text, unit, "0", shown)


def _found(
    paragraph: Paragraph,
    text: str,
    unit: str,
    printed: str,
    reckoned: str = "",
    severity: Severity = Severity.SCORE,
) -> Discrepancy:
    return Discrepancy(Kind.NUMBER, FilePlace(line=paragraph.line), text, unit, printed, reckoned, severity)
