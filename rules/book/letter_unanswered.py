from collections.abc import Iterator

from rules.cases import LetterCase, SiteCase
from rules.dates.periods import months_after
from rules.engine.rule import Measure, rule, unknown
from rules.vocabulary.column_kinds import is_consulting
from rules.vocabulary.terms import Evidence, Scope, Severity


def _consults(case: LetterCase) -> bool:
    return is_consulting(case.mailbox) and not case.corrects


def is_unanswered(case: LetterCase, months: int, within: int) -> bool:
    """Whether the letter counts for the veto."""
    if (
        case.received is None
        or case.begins is None
        or not case.waits
        or not case.valid
        or not _consults(case)
    ):
        return False
    recent = months_after(case.received, within) >= case.as_of
    return recent and case.until > months_after(case.begins, months)


def _may_wait(case: LetterCase, months: int, within: int) -> bool:
    """Whether it would count if it is not answered, which no page says."""
    unclear = not case.settled and not case.known and case.valid and _consults(case)
    if not unclear or case.received is None:
        return False
    return months_after(case.received, within) >= case.as_of > months_after(case.received, months)


def measure(case: SiteCase, *, months: int = 3, within: int = 12) -> Measure:
    """How many letters count, and when the next one will; unknown where no mailbox was read at all."""
    boxes = [channel.outcome for channel in case.channels or () if is_consulting(channel.name)]
    nothing_read = boxes and not any(outcome and outcome.seen for outcome in boxes)
    if case.letters is None or (nothing_read and not case.letters):
        return unknown(1, "件", "没有读到信箱")
    counted = [letter for letter in case.letters if is_unanswered(letter, months, within)]
    waiting = [
        months_after(letter.begins, months)
        for letter in case.letters
        if letter.begins and letter.waits and letter.valid and _consults(letter)
    ]
    unread = sum(outcome is None or not outcome.good for outcome in boxes)
    unclear = sum(_may_wait(letter, months, within) for letter in case.letters)
    coming = min((day for day in waiting if day >= case.as_of), default=None)
    notes = [f"最早一件未答复留言将于 {coming:%Y-%m-%d} 满 {months} 个月"] if coming else []
    notes += [f"另有 {unread} 个信箱没有完整读到，未计入"] if unread else []
    notes += [f"另有 {unclear} 件看不出是否答复，未计入"] if unclear else []
    return Measure(
        number=len(counted),
        line=1,
        unit="件",
        hit=bool(counted),
        distance=0 if counted else 1,
        sentence=f"超过 {months} 个月未答复的有效留言 {len(counted)} 件，有 1 件即触及单项否决线。",
        note="；".join(notes),
        examples=tuple(f"{letter.mailbox}“{letter.title}”" for letter in counted),
    )


@rule(
    "letter.unanswered",
    name="留言超过 3 个月未答复",
    severity=Severity.VETO,
    basis="国办秘函〔2019〕19号 单项否决“互动回应差”（1 年内政务咨询类栏目对网民有效留言超过 3 个月未答复）",
    remedy="立即答复该留言并在页面公布答复内容；不宜公开答复的，在页面写明办理情况。",
    within=3,
    takes=LetterCase,
    scope=Scope.LETTER,
    evidence=[Evidence.MAILBOXES],
    measure=measure,
)
def unanswered(case: LetterCase, *, months: int = 3, within: int = 12) -> Iterator[str]:
    """最近 within 个月内收到的有效留言，超过 months 个月没有答复。有一件即触及单项否决。

    计至最近一次看到它未答复之日。没有读到答复不等于没有答复：页面写明未回复、处理中，或者答复处确是空的，才算未答复。
    页面没有显示收到日期的、已办结而看不到答复内容的、答复不公开或者在图片和附件里的、转其他平台办理的、无效件和重复件，
    不作此判断；
    显示已中止、待补充材料的不作此判断，恢复后从最近一次看到它中止之日起算；延期的留言照样作此判断。
    名称为信访、举报、纪检、访谈、调查征集的栏目，以及网站找错（kind = "找错"）的信箱，不作此判断。
    """
    if is_unanswered(case, months, within) and case.received:
        days = (case.until - case.received).days
        yield (
            f"{case.mailbox}留言“{case.title}”{case.received:%Y-%m-%d} 收到，至 {case.until:%Y-%m-%d} 仍未答复，"
            f"已 {days} 天，超过 {months} 个月。"
        )
