"""The status of a letter as a mailbox prints it (已办结, 处理中, 不予受理): is it answered or not?

Statuses are composed alike everywhere: 未, 待, 正在 or 中 with what is still to do; 已 with what was done. A verb that is missing
is added below, with a case in tests/test_letter_standing.py."""

import re
from enum import StrEnum

# Verbs of handling and answering, as they follow 未, 待, 正在 (未答复, 待受理) or stand before 中 (办理中).
_TO_DO = (
    "办理|处理|受理|回复|答复|审核|转办|交办|办结|解决|反馈|处置|签收|核实|核查|调查|审批|分办|派发|派单|流转|办复|"
    "解答|回应|审查|接收|阅|读|回|办|复"
)
# After 已: the answer has been given, or the case is closed.
_DONE = "办结|答复|回复|办复|反馈|解答|回应|处理|办理|处置|解决|完成|归档|评价|采纳|结案|完结|办毕|回访|公开答复|回|复|办|结"
# After 已: the letter was accepted or passed on, which is no answer.
_ON_THE_WAY = "受理|转办|交办|审核|签收|分办|转交|派单|派发|批示|提交|登记|立案|审批|接收|查看|阅|读"

# 无效件 and 重复件 are in no rate (国办秘函〔2019〕19号 counts 有效留言 alone).
_INVALID = re.compile(r"无效|重复|不予|不受理|退回|撤回|撤销|作废")
_CLOSED = re.compile(
    rf"(?<![未没])已经?(?:网上|部门|单位|成功)?(?:{_DONE})(?!中)|(?<![未待无没在延])(?:办结|结案|完结)(?!中)|(?<!未)(?:办理|处理|回复|答复)(?:完毕|完成|成功)|(?<!未)结束"
)
_OPEN = re.compile(
    rf"(?:未|没有|等待|等候|待|正在|在|延期|超期|逾期)(?:{_TO_DO})|(?:{_TO_DO})中(?!心)|暂?无(?:回复|答复)"
)
_MOVING = re.compile(rf"已经?(?:{_ON_THE_WAY})")

_WHOLE = re.compile(
    rf"(?:(?:尚|暂|还|仍|超期|逾期)?未|没有|等待|等候|待|正在|在|延期)(?:{_TO_DO})(?:中)?|(?:{_TO_DO})中|"
    rf"暂?无(?:回复|答复)|已经?(?:网上)?(?:{_DONE}|{_ON_THE_WAY})(?:完毕|完成)?|办结|结案|完结|(?:办理|处理|回复|答复)(?:完毕|完成)|"
    r"不予(?:受理|回复|答复)|不受理|无效(?:信件|件|来信)?|重复(?:信件|件|来信)|已?退回|已?撤回|已?撤销"
)
# No status that these words make is half as long; a longer text need not be matched.
LONGEST = 20


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
    for found, words in _ORDER:
        if words.search(bare):
            return found
    return None


def is_status(text: str) -> bool:
    """Whether a text is nothing but a status, so that it may be taken for one where no label says so."""
    return len(text) <= LONGEST and bool(_WHOLE.fullmatch(text))


_ORDER = (
    (LetterStatus.INVALID, _INVALID),
    (LetterStatus.CLOSED, _CLOSED),
    (LetterStatus.OPEN, _OPEN),
    (LetterStatus.MOVING, _MOVING),
)
