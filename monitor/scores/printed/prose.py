"""What the prose beside a table claims: who is praised, who is blamed, for which months."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from monitor.scores.printed.discrepancies import Checked, Discrepancy, FilePlace, Kind
from monitor.scores.printed.month_words import Span, find_spans, hull
from monitor.scores.printed.paper import Paper, Paragraph
from monitor.scores.printed.prose_names import Names
from rules.vocabulary.points import show_points

BEST = re.compile(
    r"(?:表现|完成|开展|成绩|成效|工作)(?:情况)?(?:得)?(?:较好|良好|突出|优秀|优异)|(?:排名|位次|得分)(?:较为)?(?:靠前|[位居]?[居列在]?前|较高|领先)"
    r"|名列前|位居前|排在?前|位列前|前[一二三四五六七八九十\d]{1,2}[名位]"
)
WORST = re.compile(
    r"(?:表现|完成|成绩|成效|工作)(?:情况)?(?:得)?(?:较差|很差|最差|不好|落后)|(?:排名|位次|得分)(?:较为)?(?:靠后|[位居]?[居列在]?后|较低|落后|末位|垫底)"
    r"|[后末][一二三四五六七八九十\d]{1,2}[名位]|倒数"
)
FEW = re.compile(r"(?:发布|公开|报送|信息|数量|更新)[^，。；]{0,8}(?:较少|偏少|不多|过少)")
LIST_WORDS = 3
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


@dataclass(frozen=True, slots=True)
class Misnamed:
    """A unit named among the best or the worst `named` of a table while `before` others come first."""

    claim: Claim
    unit: str
    before: int
    named: int

    @property
    def sentence(self) -> str:
        if self.claim.kind is Kind.PRAISE:
            return f"正文将{self.unit}列为较好的 {self.named} 个单位之一，但它居第 {self.before + 1}。"
        return f"正文将{self.unit}列为较差的 {self.named} 个单位之一，但它居倒数第 {self.before + 1}。"


def misnamed(claimed: Sequence[Claim], table: Checked, right: bool) -> Iterator[Misnamed]:
    """Every unit named among the best or the worst without being there, by the totals as printed or right."""
    totals = table.due if right else table.totals
    for kind in (Kind.PRAISE, Kind.CRITICISM):
        strong = [claim for claim in claimed if claim.kind is kind and not claim.weak]
        named = {unit for claim in strong for unit in claim.units if unit in totals}
        for claim in strong:
            for unit in claim.units:
                if unit in named and (before := _before(totals, unit, kind)) >= len(named):
                    yield Misnamed(claim, unit, before, len(named))


def _before(totals: Mapping[str, Decimal], unit: str, kind: Kind) -> int:
    mine = totals[unit]
    return sum(total > mine if kind is Kind.PRAISE else total < mine for total in totals.values())


def not_few(claimed: Sequence[Claim], table: Checked) -> Iterator[Discrepancy]:
    """Units named for publishing little whose total is not below the mean of the table."""
    mean = sum(table.totals.values(), Decimal(0)) / max(len(table.totals), 1)
    for claim in (claim for claim in claimed if claim.weak):
        for unit in claim.units:
            if unit in table.totals and table.totals[unit] >= mean and len(table.totals) > 2:
                total = show_points(table.totals[unit])
                text = f"正文称{unit}较少，但表中为 {total}，不低于平均（{show_points(round(mean, 1))}）。"
                yield Discrepancy(Kind.CRITICISM, FilePlace(line=claim.paragraph.line), text, unit, total)


def wrong_periods(claimed: Sequence[Claim], tables: Sequence[Checked]) -> Iterator[Discrepancy]:
    """Months named in a claim outside the months of every table that lists its units."""
    said: set[tuple[int, str]] = set()
    for claim in claimed:
        own = [span for table in tables if _names_one(claim, table) and (span := _span_of(table))]
        for span in find_spans(claim.sentence) if own else ():
            key = (claim.paragraph.line, span.text)
            if key not in said and not any(span.within(each) for each in own):
                said.add(key)
                text = f"正文写“{span.text}”，而表的时段是{own[0].text}：“{_short(claim.sentence)}”。"
                yield Discrepancy(
                    Kind.PERIOD, FilePlace(line=claim.paragraph.line), text, "", span.text, own[0].text
                )


def _names_one(claim: Claim, table: Checked) -> bool:
    return any(unit in table.totals for unit in claim.units)


def _span_of(table: Checked) -> Span | None:
    """The months a table is about: by its title, else by its headings."""
    said = [
        hull(span for text in texts for span in find_spans(text))
        for texts in (table.captions, table.headings)
    ]
    return said[0] or said[1]


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "……"
