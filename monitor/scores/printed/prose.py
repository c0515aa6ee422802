"""What the prose beside a table claims: who is praised, who is blamed, for which months."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from monitor.scores.printed.discrepancies import Checked, Discrepancy, FilePlace, Kind
from monitor.scores.printed.month_words import Span, find_spans, hull
from monitor.scores.printed.paper import Paper, Paragraph
from rules.vocabulary.points import add, show_points
from rules.vocabulary.terms import Severity
from rules.vocabulary.unit_names import core_in_prose, is_subsequence
from rules.vocabulary.white_space import squeeze

PART = re.compile(r"[、，,：:；。“”（）()和与及或\s]+")
LEAD = re.compile(r"^(?:其中|分别[为是]|有|是|为|对)")
TAIL = re.compile(r"局(?!长)|委|办|镇|乡|街道|中心|社|院|队|会")
# A single office in a list, not 各镇, 部分部门, 区政府办公室要求….
LISTED = re.compile(
    r"(?!各|部分|个别|有关|相关|其他|其余|多数|少数|全部|所有|[两几\d])[一-龥]{2,12}?(?:局|委员会|中心|镇|街道办事处|街道办?|分局|[支大]队)"
    r"(?=$|等|对|发布|信息|工作|表现|排名|得分|较|未)"
)
LOCAL = re.compile(r"(?:镇|乡|街道|办事处|镇人民政府|乡人民政府|镇政府|乡政府)$")
LONGEST_SHORT = 14
LONGEST = 40


class Names:
    """The units of a paper's tables, to be found in its prose."""

    def __init__(self, names: Iterable[str]) -> None:
        self.by_core: dict[str, str] = {}
        for name in names:
            if 2 <= len(core_in_prose(name)) <= LONGEST:
                self.by_core.setdefault(core_in_prose(name), name)
        self.written = {**{squeeze(name): name for name in self.by_core.values()}, **self.by_core}
        longest = sorted(self.written, key=len, reverse=True)
        self.pattern = re.compile("|".join(map(re.escape, longest))) if longest else None

    def find(self, text: str) -> tuple[list[str], str]:
        """The units a text names, by name or by an abbreviation that only one fits; and what else it says."""
        plain = squeeze(text)
        if self.pattern is None:
            return [], plain
        found = [self.written[match] for match in self.pattern.findall(plain)]
        rest = []
        for part in PART.split(self.pattern.sub("、", plain)):
            name, left = self._abbreviated(LEAD.sub("", part))
            found += [name] if name else []
            rest.append(left)
        return list(dict.fromkeys(found)), "".join(part for part in rest if part not in ("区", "市", "县"))

    def _abbreviated(self, part: str) -> tuple[str | None, str]:
        """The unit that the beginning of a part abbreviates, the longest that fits one only; and the rest."""
        for end in reversed([match.end() for match in TAIL.finditer(part[:LONGEST_SHORT])]):
            short = core_in_prose(part[:end])
            fits = [name for full, name in self.by_core.items() if is_subsequence(short, full)]
            if len(short) >= 3 and len(fits) == 1:
                return fits[0], part[end:]
        return None, part


BEST = re.compile(
    r"(?:表现|完成|开展|成绩|成效|工作)(?:情况)?(?:得)?(?:较好|良好|突出|优秀|优异)|(?:排名|位次|得分)(?:较为)?(?:靠前|[位居]?[居列在]?前|较高|领先)"
    r"|名列前|位居前|排在?前|位列前|前[一二三四五六七八九十\d]{1,2}[名位]"
)
WORST = re.compile(
    r"(?:表现|完成|成绩|成效|工作)(?:情况)?(?:得)?(?:较差|很差|最差|不好|落后)|(?:排名|位次|得分)(?:较为)?(?:靠后|[位居]?[居列在]?后|较低|落后|末位|垫底)"
    r"|[后末][一二三四五六七八九十\d]{1,2}[名位]|倒数"
)
FEW = re.compile(r"(?:发布|公开|报送|信息|数量|更新)[^，。；]{0,8}(?:较少|偏少|不多|过少)")
LIST_WORDS = 3  # letters beside the names: with no more a clause is a list of units
CLAUSE = re.compile(r"(?<=[，,。；;])")


@dataclass(frozen=True, slots=True)
class Claim:
    """Units named in one sentence for one reason. `kind` PRAISE or CRITICISM; `weak`: named for publishing
    little, which need not mean being last."""

    paragraph: Paragraph
    sentence: str
    kind: Kind
    units: tuple[str, ...]
    weak: bool = False


# A claim, the unit of it that does not belong there, and the sentence that says so.
Misnaming = tuple[Claim, str, str]


def claims(paper: Paper, names: Names) -> Iterator[Claim]:
    """Every claim about units of the tables. The names in the telling word's own clause belong to it; so do
    those of a clause before that begins with them, and of clauses around it that are nothing but names."""
    for paragraph, sentence in paper.sentences():
        kind: Kind | None = None
        weak, subject, listed = False, list[str](), list[str]()
        for clause in CLAUSE.split(sentence):
            found, rest = names.find(clause)
            if told := _kind(clause):
                kind, weak = told
                found, subject, listed = [*listed, *(found or subject)], [], []
            elif found and len(rest) > LIST_WORDS:
                kind, subject, listed = None, found if not rest.startswith(clause[:2]) else [], []
                continue
            elif kind is None:
                listed += found
            if kind and found:
                yield Claim(paragraph, sentence, kind, tuple(dict.fromkeys(found)), weak)


def _kind(clause: str) -> tuple[Kind, bool] | None:
    if WORST.search(clause):
        return Kind.CRITICISM, False
    if BEST.search(clause):
        return Kind.PRAISE, False
    return (Kind.CRITICISM, True) if FEW.search(clause) else None


def misnamed(claimed: Sequence[Claim], table: Checked, right: bool) -> Iterator[Misnaming]:
    """Every unit named among the best or the worst without being there, by the totals as printed or right."""
    totals = table.due if right else table.totals
    for kind, how, rank in ((Kind.PRAISE, "较好", "第"), (Kind.CRITICISM, "较差", "倒数第")):
        strong = [claim for claim in claimed if claim.kind is kind and not claim.weak]
        named = {unit for claim in strong for unit in claim.units if unit in totals}
        for claim, unit in [(each, unit) for each in strong for unit in each.units if unit in named]:
            mine = totals[unit]
            before = sum(t > mine if kind is Kind.PRAISE else t < mine for t in totals.values())
            if before >= len(named):
                place = f"{len(named)} 个单位之一，但它居{rank} {before + 1}"
                yield claim, unit, f"正文将{unit}列为{how}的 {place}。"


def not_few(claimed: Sequence[Claim], table: Checked) -> Iterator[Discrepancy]:
    """Units named for publishing little whose total is not below the mean of the table."""
    totals = table.totals
    mean = add(totals.values()) / max(len(totals), 1)
    for claim in (claim for claim in claimed if claim.weak and len(totals) > 2):
        for unit in claim.units:
            if unit in totals and totals[unit] >= mean:
                total = show_points(totals[unit])
                text = f"正文称{unit}较少，但表中为 {total}，不低于平均（{show_points(round(mean, 1))}）。"
                yield Discrepancy(Kind.CRITICISM, FilePlace(line=claim.paragraph.line), text, unit, total)


def passed_over(claimed: Sequence[Claim], table: Checked, silent: Set[str]) -> Iterator[Discrepancy]:
    """Units of a table that are not named for publishing little beside one that is and published more. A hint: there may
    be a reason, which the paper owes. Equals are not passed over: a line drawn between them may follow their columns.
    What several answer for together (甲局、乙局) is nobody's; `silent` are named for having published nothing. Nothing where
    those named are not below the mean: then the table is about something else."""
    weak = [claim for claim in claimed if claim.weak]
    blamed = {unit for claim in claimed if claim.kind is Kind.CRITICISM for unit in claim.units} | silent
    named = {unit for claim in weak for unit in claim.units if unit in table.totals}
    totals = table.totals
    if (
        not named
        or len(totals) <= 2
        or max(totals[unit] for unit in named) * len(totals) >= add(totals.values())
    ):
        return
    most = max(named, key=lambda unit: totals[unit])
    spared = [u for u in totals if u not in blamed and totals[u] < totals[most] and "、" not in u]
    spared.sort(key=lambda unit: totals[unit])
    if spared:
        claim = next(claim for claim in weak if most in claim.units)
        shown = "、".join(f"{unit}（{show_points(totals[unit])}）" for unit in spared)
        text = f"正文因发布较少点名{most}（{show_points(totals[most])}），而少于它的{shown}没有点名，请核实有无理由。"
        place = FilePlace(table.title, line=claim.paragraph.line)
        yield Discrepancy(Kind.PASSED_OVER, place, text, spared[0], severity=Severity.NOTICE)


def unlisted(claimed: Sequence[Claim], names: Names) -> Iterator[Discrepancy]:
    """Offices named with units of the tables that no table has, nor any that they may abbreviate (a hint). Towns only where a
    table has towns, departments where one has departments."""
    said: set[str] = set()
    listed = {bool(LOCAL.search(name)) for name in names.by_core.values()}
    for claim in claimed:
        for part in PART.split(squeeze(claim.sentence)):
            match = LISTED.match(LEAD.sub("", part))
            name = match[0] if match else ""
            if not name or bool(LOCAL.search(name)) not in listed or name in said:
                continue
            short = core_in_prose(name)
            if not names.find(name)[0] and not any(is_subsequence(short, full) for full in names.by_core):
                said.add(name)
                text = f"正文点名的“{name}”不在表中，请核实。"
                place = FilePlace(line=claim.paragraph.line)
                yield Discrepancy(claim.kind, place, text, name, severity=Severity.NOTICE)


def wrong_periods(claimed: Sequence[Claim], tables: Sequence[Checked]) -> Iterator[Discrepancy]:
    """Months named in a claim outside the months of every table that lists its units."""
    said: set[tuple[int, str]] = set()
    for claim in claimed:
        listing = [table for table in tables if any(unit in table.totals for unit in claim.units)]
        own = [span for table in listing if (span := _span_of(table))]
        for span in find_spans(claim.sentence) if own else ():
            key = (claim.paragraph.line, span.text)
            if key not in said and not any(span.within(each) for each in own):
                said.add(key)
                place, due = FilePlace(line=claim.paragraph.line), own[0].text
                text = f"正文写“{span.text}”，而表的时段是{due}：“{_short(claim.sentence)}”。"
                yield Discrepancy(Kind.PERIOD, place, text, "", span.text, due)


def _span_of(table: Checked) -> Span | None:
    """The months a table is about: by its title, else by its headings."""
    titled, headed = (
        hull(span for text in texts for span in find_spans(text))
        for texts in (table.captions, table.headings)
    )
    return titled or headed


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "……"
