from collections.abc import Iterator

from rules.cases import LetterCase
from rules.engine.rule import rule
from rules.scanners.perfunctory import stock_phrase_in, without_stock_phrases
from rules.vocabulary.terms import Evidence, Scope, Severity


# Defaults: characters: a name or a date alone is shorter; no document sets a number.
@rule(
    "letter.perfunctory",
    name="答复过于简短或套话",
    severity=Severity.NOTICE,
    basis="通报惯例“对网民留言回复不够重视”；国家没有统一标准，词表见 rules/scanners/perfunctory.py，仅作提示，由人工核实",
    remedy="核实答复是否回答了所问的问题，没有回答的补充答复。",
    takes=LetterCase,
    scope=Scope.LETTER,
    evidence=[Evidence.MAILBOXES],
)
def perfunctory(case: LetterCase, *, characters: int = 10) -> Iterator[str]:
    """答复去掉问候、致谢、转办和“正在处理”之类的套话及标点后，剩下的不足 characters 个字。

    没有读到答复正文的，答复在图片、附件、内嵌页面里或者已电话、当面答复的，不作此判断。只作提示，由人工核实：短的答复也可能已经说清。
    """
    if case.answer_unread or not case.answer.strip():
        return
    left = without_stock_phrases(case.answer)
    if len(left) >= characters:
        return
    formula = stock_phrase_in(case.answer)
    why = f"主要是“{formula}”之类的套话" if formula else "过于简短"
    yield f"{case.mailbox}留言“{case.title}”的答复{why}，去掉套话后只有 {len(left)} 个字，请核实是否答复到位。"
