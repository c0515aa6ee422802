"""The labels around letters (信件), by what they say, composed as sites compose them: 信件 + 编号, 来信 + 时间. Written
without spaces; each kind's labels stand in ranks, the surest first.

Mailboxes name one thing in a dozen ways; where a page shows several (来信时间 and 登记时间) the surer label wins.
"""

import re
from itertools import product

from crawler.page.labels import Vocabulary
from rules.scanners.letter_status import LONGEST, is_status
from rules.vocabulary.words import word_set

_LETTER = """
    信件 来信 留言 写信 咨询 诉求 问题 投诉 邮件 事项 反映 提问 建议 来件 工单 受理件 办件 求助 举报 问政 业务 信访 来电 发言
    发表 发信 发起 申请 案件 递交 原信 信访件 来信（电） 来信(电)
"""
_REPLY = "回复 答复 回信 解答 反馈 回函 回应 办复"
_OFFICE = "官方 部门 单位 领导 网站 管理员 政府 信件 来信 诉求 办结 办理 处理 处办 受理"


def _of(heads: str, tails: str) -> str:
    """Every head with every tail."""
    return " ".join(map("".join, product(heads.split(), tails.split())))


_RANKED = {
    "subject": (_of(_LETTER, "标题 主题 题目 名称"), "标题 主题 题目 事由", "名称"),
    "number": (
        _of(_LETTER, "编号 编码 号 ID 流水号 查询码 查询号")
        + " 信件索引号 受理编号 受理号 登记编号 流水号 查询编号 查询号 查询码 回执编号 来电来信编号",
        "编号 编码 ID",
    ),
    "sender": (
        _of(_LETTER, "人 者 人姓名") + " 发件人 提交人 网友昵称 留言网友 网友姓名 留言用户 来信市民 来信网友",
        "姓名 网友 昵称 网民 用户 用户名",
    ),
    "received": (
        _of(_LETTER, "时间 日期")
        + " 提交时间 提交日期 发件时间 投递时间 来信时间日期 收信时间 收信日期 收到时间 接收时间 收件时间",
        "登记时间 登记日期 创建时间 录入时间",
        "转办时间 交办时间 交办日期",
    ),
    "accepted": ("受理时间 受理日期 受理于 信件受理时间",),
    "answered": (
        _of(_REPLY, "时间 日期 时间日期")
        + " 官方回复时间 最后回复时间 最新回复时间 部门回复时间 单位回复时间 回复于",
        _of("办结 完成 办理完成 结案 完结", "时间 日期"),
        _of("办理 处理", "时间 日期"),
    ),
    "unit": (
        _of("回复 答复 回文", "单位 部门 机构 机关 方")
        + " "
        + _of("办理 承办 处理 经办 办复 处办", "单位 部门 机构"),
        _of("受理 责任 转办 交办 牵头 督办", "单位 部门 机构 机关") + " 承办科室 主办部门",
        _of("收信 收件 受信 受文 咨询 投诉 提交 接收 递交", "单位 部门")
        + " 写信对象 来信对象 留言对象 受理对象",
        "单位 部门 单位名称 部门名称",
        "回复人 答复人 收件人 接收人 受理人",
    ),
    "status": (
        _of(
            "办理 处理 回复 答复 信件 受理 当前 办件 留言 工单 办事 诉求 来信 咨询 问题 投诉",
            "状态 进度 进展 状况",
        )
        + " 是否回复 是否办结 是否答复 回复与否",
        "状态 进度",
    ),
    "question": (
        _of(_LETTER, "内容 正文")
        + """
            问题描述 反映问题 诉求描述 详细内容 群众来信 网友留言 网民留言 群众留言 市民来信 来信详情 留言详情 信件详情
            主要内容 网友提问 网友咨询 来信原文 群众诉求 来信 留言
        """,
        "内容 正文 问题 问 提问 咨询 诉求",
    ),
    "answer": (
        _of(
            _REPLY + " 办理 处理 办结",
            "内容 结果 意见 情况 详情 信息 正文 反馈 摘要 描述 告知 告知内容 如下 情况反馈 反馈情况",
        )
        + " "
        + _of(_OFFICE, "回复 答复 反馈 回信 回答 解答")
        + " 结果反馈 受理结果 最终回复意见 部门办理情况 承办单位意见 复函",
        "回复 答复 回信 解答 答 回答",
    ),
}
KINDS = {word: kind for kind, ranks in _RANKED.items() for words in ranks for word in words.split()}
RANKS = {
    word: rank for ranks in _RANKED.values() for rank, words in enumerate(ranks) for word in words.split()
}
PLAIN_DATES = frozenset({"时间", "日期"})
# When the site made it public: not before it came, and no answer's day.
PUBLISHED = frozenset({"发布时间", "发布日期"})
# Under these names stand people as often as units.
PERSONS = frozenset(_RANKED["unit"][-1].split())
LONG_KINDS = frozenset({"question", "answer"})
# From this rank on a label of `answered` may name any step of dealing with a letter (办理时间).
DEALING = 2
ANSWERING = re.compile(r"回复|答复|办复|办结|回信|解答|反馈")
DAY_KINDS = frozenset({"received", "accepted", "answered"})
# Under these a page prints the letter's kind, the surest first.
SORTS = (*_of(_LETTER, "类型 类别 分类 性质").split(), "类型", "类别", "性质")
# Under these a page prints by when, or within what time, this letter is to be answered.
_LIMITS = (
    _of("办理 办结 答复 回复 处理", "期限 时限 截止时间 截止日期")
    + " "
    + _of("应 须 限 最迟 应当 承诺 要求 规定", _of("办结 答复 回复 办理", "时间 日期"))
    + " 限办时间 限办日期 承诺时限 承诺期限 截止办理时间"
)
DEADLINES = frozenset(_LIMITS.split())
# What is expected, or left of it, is no promise.
_NO_PROMISES = frozenset(
    _of("预计 计划 拟 剩余", _of("办结 答复 回复 办理", "时间 日期 期限 时限") + " 时间").split()
)
OTHERS = (
    word_set("labels.page", "labels.letter_other")
    | frozenset(_of(_LETTER, "类型 类别 分类 性质 方式 来源 渠道 目的").split())
    | DEADLINES
    | _NO_PROMISES
)
WORDS = Vocabulary(frozenset(KINDS) | PLAIN_DATES | PUBLISHED, OTHERS)
# Without the other labels: 咨询 and 投诉 are values here, and elsewhere labels or the beginnings of some (投诉状态).
SORT_WORDS = Vocabulary(frozenset(SORTS))
DEADLINE_WORDS = Vocabulary(DEADLINES, _NO_PROMISES)


def status_of(text: str) -> str | None:
    """The status that the text is, brackets undone: [已办结] is 已办结."""
    if len(text) > LONGEST:
        return None
    bare = "".join(text.split()).strip("[]【】()（）<>「」·:：")
    return bare if is_status(bare) else None
