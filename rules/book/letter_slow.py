from collections.abc import Iterator

from rules.cases import LetterCase
from rules.cases.letter_figures import days_taken, is_overdue
from rules.engine.rule import Statement, rule
from rules.vocabulary.terms import Evidence, Scope, Severity


@rule(
    "letter.slow",
    name="留言回复较慢",
    severity=Severity.PROBLEM,
    basis="本地信箱办理规定（页面为该件写明的期限，站点文件 reply_within、limits；国家没有统一的工作日期限）",
    remedy="答复该留言并在页面公布；办理确需延长的，先公布办理进展，并向政务公开办报备。",
    within=3,
    takes=LetterCase,
    scope=Scope.LETTER,
    evidence=[Evidence.MAILBOXES],
)
def slow(case: LetterCase) -> Iterator[Statement]:
    """留言从收到到答复（未答复的，到最近一次看到它未答复之日）超过规定的工作日数，含调休。答复以后，用时照样列出，
    但问题即告解决。

    页面为该件写明期限的（如“办理期限：10 个工作日”“应办结时间：2023-06-12”），按这一期限，不论它比站点文件的长还是短；
    写明几项的按最长的，写自然日的也按工作日数，页面有受理日期的从受理之日起算，早于来信或者晚于来信一年以上的不作数。
    没有写明的，工作日数按信件种类（站点文件 limits，如咨询 5、投诉 10、复杂 15）；页面写明种类而没有为它另定的，按信箱的 reply_within；
    看不出种类的，按其中最长的。页面显示已延期的，按 limits 中“延期”一项和写明的期限中较长的，没有这一项的不作此判断。页面显示暂停、中止办理
    或者待来信人补充材料的，不作此判断；恢复办理后，从最近一次看到它中止之日起算。

    网站找错（“我为政府网站找错”）的留言办理栏目，在站点文件中写 kind = "找错"，没有写 reply_within 的按 3 个工作日
    （见各地政府网站管理办法，如辽宁省；全国的期限没有可以核实的文本）；
    全国统一的找错平台在本站之外，看不到的不作此判断。

    页面没有显示收到日期的、已办结而看不到答复日期的、看不出是否已经答复的留言不作此判断；日期的年份显然写错的（答复早于
    来信、晚于采集当日或者相差一年以上），转其他平台办理的，无效件、重复件，不作此判断；
    期限之日在尚未公布放假安排的年份里的，暂不作此判断。
    """
    if not case.valid or case.received is None or not is_overdue(case):
        return
    taken = days_taken(case)
    waiting = "至今未答复" if case.until == case.as_of else f"至 {case.until:%Y-%m-%d} 仍未答复"
    state = f"于 {case.answered:%Y-%m-%d} 答复" if case.answered else waiting
    paused = f"（{case.begins:%Y-%m-%d} 曾中止，从该日起算）" if case.begins != case.received else ""
    printed = f"页面写明的期限：{case.promised}" if case.promised else case.letter_kind
    why = "已延期" if case.extended else printed
    spent = "" if taken is None else f"，{'用时' if case.answered else '已'} {taken} 个工作日"
    sentence = (
        f"{case.mailbox}留言“{case.title}”{case.received:%Y-%m-%d} 收到{paused}，{state}{spent}，"
        f"超过 {case.reply_within} 个工作日的期限{f'（{why}）' if why else ''}。"
    )
    yield Statement(sentence, settled=case.settled)
