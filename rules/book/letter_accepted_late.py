from collections.abc import Iterator

from rules.cases import LetterCase
from rules.dates.workdays import is_past, known_workdays
from rules.engine.rule import rule
from rules.vocabulary.terms import Evidence, Scope, Severity


@rule(
    "letter.accepted_late",
    name="留言受理较慢",
    severity=Severity.NOTICE,
    basis="本地信箱办理规定（如受理 1 个工作日）；国家没有统一的工作日期限，仅作提示",
    remedy="今后收到留言后在规定的时间内受理，并核对页面所显示的受理日期。",
    takes=LetterCase,
    scope=Scope.LETTER,
    evidence=[Evidence.MAILBOXES],
    lasting=True,
)
def accepted_late(case: LetterCase, *, days: int = 1) -> Iterator[str]:
    """留言从收到到受理超过 days 个工作日，含调休。

    页面没有显示收到日期或受理日期的留言不作此判断；转办、办理的日期不能说明何时受理，不作依据；无效件、重复件不作
    此判断；期限之日在尚未公布放假安排的年份里的，暂不作此判断。
    """
    if case.received is None or case.accepted is None or not case.valid:
        return
    if is_past(case.received, days, case.accepted, case.calendar):
        taken = known_workdays(case.received, case.accepted, case.calendar)
        spent = "" if taken is None else f"用时 {taken} 个工作日，"
        yield (
            f"{case.mailbox}留言“{case.title}”{case.received:%Y-%m-%d} 收到，{case.accepted:%Y-%m-%d} 才受理，{spent}"
            f"超过 {days} 个工作日。"
        )
