from collections.abc import Iterator

from rules.cases import AnswerCase
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity

# Characters of the answer that are quoted: enough to recognise it.
SHOWN = 20


# Defaults: questions: two letters on one matter are rightly answered alike; no document sets a number.
@rule(
    "letter.copied",
    name="不同留言答复雷同",
    severity=Severity.NOTICE,
    basis="通报惯例“对网民留言回复不够重视”；国家没有统一标准，仅作提示，由人工核实",
    remedy="逐件核实答复是否针对所问的问题，没有答到的补充答复。",
    takes=AnswerCase,
    scope=Scope.LETTERS,
    evidence=[Evidence.MAILBOXES],
)
def copied(case: AnswerCase, *, questions: int = 3) -> Iterator[str]:
    """同一答复原文用于至少 questions 个不同的问题。

    比较时不看空格和标点；同一问题重复来信的只算一个问题；过短的答复由“答复过于简短或套话”判断。
    没有读到答复正文的留言，以及答复在图片、附件、内嵌页面里的，不参加比较。
    """
    if case.questions >= questions:
        answer = case.answer.strip()
        shown = answer[:SHOWN] + ("……" if len(answer) > SHOWN else "")
        yield f"{case.mailbox}有 {len(case.letters)} 件留言（{case.questions} 个不同的问题）答复完全相同：“{shown}”。"
