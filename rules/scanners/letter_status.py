"""The status of a letter as a mailbox prints it (已办结, 处理中, 不予受理): is it answered or not?

Statuses are composed alike everywhere: 未, 待, 正在 or 中 with what is still to do; 已 with what was done. A verb that is missing
is added below, with a case in tests/test_letter_standing.py.

That a letter is answered, or none that counts, may stand anywhere in a status. That it is not answered is said only by a
status of which every word is understood: 转其他平台办理, 网友追问处理中 and 待补充材料 speak of another matter."""

import re
from enum import StrEnum

# Verbs of handling and answering, as they follow 未, 待, 正在 (未答复, 待受理) or stand before 中 (办理中).
_TO_DO = (
    "办理|处理|受理|回复|答复|审核|转办|交办|办结|解决|反馈|处置|签收|核实|核查|调查|审批|分办|派发|派单|流转|办复|"
    "解答|回应|审查|接收|阅批|阅|读|回|办|复"
)
# After 已: the answer has been given, or the case is closed.
_DONE = "办结|答复|回复|办复|反馈|解答|回应|处理|办理|处置|解决|完成|归档|评价|采纳|结案|完结|办毕|回访|公开答复|回|复|办|结"
# After 已: the letter was accepted or passed on, which is no answer.
_ON_THE_WAY = "受理|转办|交办|审核|签收|分办|转交|派单|派发|批示|提交|登记|立案|审批|接收|查看|阅|读"

# 无效件 and 重复件 are in no rate (国办秘函〔2019〕19号 counts 有效留言 alone).
_INVALID = re.compile(r"无效|重复|不予(?!延[期长])|不受理|退回(?!重|补|整改)|撤回|撤销|作废")
_CLOSED = re.compile(
    rf"(?<![未没])已经?(?:网上|部门|单位|成功|电话|短信|书面|口头|当面|上门|线下|公开|全部)*(?:{_DONE})(?!中)|(?<![未待无没在延])(?:办结|结案|完结)(?!中)|(?<!未)(?:办理|处理|回复|答复)(?:完毕|完成|成功)|(?<!未)结束"
)
_OPEN = re.compile(
    rf"(?:未|没有|等待|等候|待|正在|在|延期|超期|逾期)(?:{_TO_DO})|(?:{_TO_DO})中(?!心)|暂?无(?:回复|答复)|"
    r"(?:已|已经|同意|批准|准予|申请)延期|延期中"
)
_MOVING = re.compile(rf"已经?(?:{_ON_THE_WAY})")
# What may stand beside an unanswered state and changes nothing of it: who deals with it, a courtesy, no opinion yet.
_BESIDE = re.compile(
    r"(?:(?:承办|主办|责任|相关|有关)?(?:单位|部门)|(?![转移交报])[一-鿿]{1,8}?(?:局|委|办|镇|乡|街道)|"
    r"已?延期|[未待]评价|暂无评价|请?耐心等[待候]|(?:19|20)\d\d[-/.年][\d:/.年月日时分秒-]+|[\W_])*"
)
# An unanswered state with all that belongs to it, or one on the way.
_STATE = re.compile(rf"(?:尚|暂|还|仍|超期|逾期)?(?:{_OPEN.pattern})中?|{_MOVING.pattern}")

_WHOLE = re.compile(
    rf"(?:(?:尚|暂|还|仍|超期|逾期)?未|没有|等待|等候|待|正在|在|延期)(?:{_TO_DO})(?:中)?|(?:{_TO_DO})中|"
    rf"暂?无(?:回复|答复)|已经?(?:网上)?(?:{_DONE}|{_ON_THE_WAY})(?:完毕|完成)?|办结|结案|完结|(?:办理|处理|回复|答复)(?:完毕|完成)|"
    r"不予(?:受理|回复|答复)|不受理|无效(?:信件|件|来信)?|重复(?:信件|件|来信)|已?退回|已?撤回|已?撤销"
)
# No status that these words make is half as long; a longer text need not be matched.
LONGEST = 20


# Its time was prolonged. What was refused, or is only asked (是否延期), is none.
_EXTENDED = re.compile(
    r"(?<!不予)(?<!是否)(?<![不未没无非])(?:延期|延长|展期|顺延)(?!.{0,4}(?:未通过|未批准|不通过|驳回|退回|否$))"
)
# Nobody deals with it for now: it was laid aside, or its writer is asked for more.
_SUSPENDED = re.compile(
    r"(?<![未不])(?:挂起|暂停|中止|暂缓|搁置)|[待需请](?:来信人|留言人|网民|网友|群众|当事人|申请人|用户|您)?(?:补[充正]|完善)|补[充正]材料"
)
_RESUMED = re.compile(r"(?:恢复|解除|取消|结束)")


class LetterDelay(StrEnum):
    """Why a letter's answer may rightly be late."""

    EXTENDED = "延期"
    SUSPENDED = "中止"


def read_delay(status: str) -> LetterDelay | None:
    """What a status as printed says of a letter's time; None where nothing."""
    bare = "".join(status.split())
    if _SUSPENDED.search(bare) and not _RESUMED.search(bare):
        return LetterDelay.SUSPENDED
    return LetterDelay.EXTENDED if _EXTENDED.search(bare) else None


class LetterStatus(StrEnum):
    """`MOVING`: accepted or passed on (已受理, 已转办), which tells neither that it is answered nor that it is not."""

    CLOSED = "办结"
    OPEN = "未答复"
    MOVING = "办理"
    INVALID = "无效"


def read_status(status: str) -> LetterStatus | None:
    """A status as printed → LetterStatus; None where the text is none. Where two contradict each other
    (已回复，追问处理中), the answer counts."""
    bare = "".join(status.split())
    for found, words in _ANYWHERE:
        if words.search(bare):
            return found
    before, *behind = _STATE.split(bare)
    if not all(map(_BESIDE.fullmatch, [before, *behind])):
        return None
    if _OPEN.search(bare):
        return LetterStatus.OPEN
    # 已转交市公安局: passed on to somebody who may not answer here.
    return LetterStatus.MOVING if behind and not "".join(behind).strip("，,、；;。.()（）【】[]") else None


def is_status(text: str) -> bool:
    """Whether a text is nothing but a status, so that it may be taken for one where no label says so."""
    return len(text) <= LONGEST and bool(_WHOLE.fullmatch(text))


_ANYWHERE = ((LetterStatus.INVALID, _INVALID), (LetterStatus.CLOSED, _CLOSED))
