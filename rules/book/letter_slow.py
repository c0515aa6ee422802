from collections.abc import Iterator

from rules.cases import LetterCase
from rules.engine import rule
from rules.errors import UnknownYear
from rules.terms import Severity
from rules.workdays import workdays_between


@rule(
    "letter.slow",
    name="留言回复较慢",
    severity=Severity.NOTICE,
    basis="本地信箱办理规定（站点文件 reply_within，国家没有统一的工作日期限）",
    takes=LetterCase,
)
def slow(case: LetterCase) -> Iterator[str]:
    """留言从收到到答复（未答复的，到检查当日）超过信箱规定的工作日数，含调休。

    页面没有显示收到日期的留言不作此判断；已办结而看不到答复日期的不作此判断；期限涉及的年份尚未公布
    放假安排的，暂不作此判断。
    """
    if case.received is None or (case.closed and case.answered is None):
        return
    until = case.answered or case.as_of
    try:
        taken = workdays_between(case.received, until)
    except UnknownYear:
        return
    if taken <= case.reply_within:
        return
    state = f"于 {case.answered:%Y-%m-%d} 答复，用时" if case.answered else "至今未答复，已"
    yield (
        f"{case.mailbox}留言“{case.title}”{case.received:%Y-%m-%d} 收到，{state} {taken} 个工作日，"
        f"超过 {case.reply_within} 个工作日的期限。"
    )
