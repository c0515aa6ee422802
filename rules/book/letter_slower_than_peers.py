from collections.abc import Iterator

from rules.cases import LetterUnitCase
from rules.cases.letter_figures import FEWEST_LETTERS
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity


# Defaults: No document sets numbers. times, margin: half as long again, and a whole day, so that nobody is named for a
# fraction; peers: the mean of two is no standard.
@rule(
    "letter.slower_than_peers",
    name="留言答复用时高于同类单位",
    severity=Severity.NOTICE,
    basis="通报惯例：办结率之外另列平均办理时限，点名回复较慢的单位",
    remedy="查找答复慢在哪个环节，今后按期答复。",
    takes=LetterUnitCase,
    scope=Scope.LETTERS,
    evidence=[Evidence.MAILBOXES],
    lasting=True,
)
def slower_than_peers(
    case: LetterUnitCase,
    *,
    times: float = 1.5,
    margin: float = 1.0,
    peers: int = 3,
    letters: int = FEWEST_LETTERS,
) -> Iterator[str]:
    """单位在时段内收到的留言，平均答复用时（工作日）达到其他单位平均数的 times 倍，且至少多 margin 个工作日。

    只比较至少 peers 个答复满 5 件的单位，本单位答复满 letters 件才比较：一两件的平均数说明不了什么。

    看不到收到或答复日期的留言不计入用时。用时与办结率是两件事，全部办结的单位也可能较慢。
    """
    if len(case.peers) < peers or case.letters < letters:
        return
    others = (sum(case.peers) - case.mean) / (len(case.peers) - 1)
    if case.mean >= others * times and case.mean - others >= margin:
        yield (
            f"{case.unit_names}{case.period.title}答复留言 {case.letters} 件，平均用时 {case.mean:.1f} 个工作日"
            f"（中位数 {case.median:g}，最长 {case.slowest}），其他 {len(case.peers) - 1} 个单位平均 {others:.1f} 个工作日。"
        )
