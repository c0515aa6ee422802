"""Perfunctory answers (敷衍答复): stock phrases (套话) are removed, and what is left is measured.

The list holds greetings, thanks, and phrases that pass a letter on or promise something without informing the citizen.
No document names such phrases, so the list is ours and the rule only a notice; a phrase that is missing is added here
together with a case in rules/book/cases/letter.perfunctory.toml."""

import re
import unicodedata

# Longer phrases first where one holds another.
STOCK_PHRASES: tuple[str, ...] = (
    "已转相关部门处理", "已转相关部门办理", "已转有关部门处理", "已转有关部门办理", "已转相关单位处理",
    "已转相关单位办理", "已转有关单位处理", "已转有关单位办理", "已转交相关部门处理", "已转交相关部门办理",
    "已转交有关部门处理", "已转交相关单位办理", "已转交承办单位办理", "已转交相关部门", "已转交有关部门",
    "已转相关部门", "已转有关部门", "已转相关单位", "已转有关单位", "已转交办", "已转办", "已交办",
    "已将您反映的问题转相关部门", "已将您的来信转相关部门", "已反馈至相关部门", "已反馈给相关部门",
    "请咨询相关部门", "请向相关部门咨询", "请到相关部门咨询", "请联系相关部门", "请与相关部门联系",
    "正在调查核实", "正在核实处理", "正在进一步核实", "正在处理中", "正在办理中", "正在调查处理", "正在研究处理",
    "我们将尽快处理", "我们将尽快核实处理", "我们会尽快处理", "将尽快给您答复", "将尽快处理", "请您耐心等待", "请耐心等待",
    "已收悉", "已收到", "已受理", "已阅", "已处理", "已办结", "已回复", "已答复", "情况属实", "收悉",
    "您反映的问题", "您反映的情况", "您的来信", "您的留言", "您的问题", "您的诉求", "你反映的问题", "你的来信", "你的留言",
    "感谢您对我们工作的关心和支持", "感谢您的关心和支持", "感谢您的关注和支持", "感谢您的理解和支持", "感谢您的支持",
    "感谢您的来信", "感谢您的留言", "感谢您的关注", "感谢关注", "谢谢您的关注", "谢谢", "感谢",
    "尊敬的网民", "尊敬的网友", "尊敬的市民", "网民朋友", "网友您好", "网友你好", "您好", "你好", "来信人", "网民", "网友",
    "经核实", "现答复如下", "现回复如下", "答复如下", "回复如下", "此复", "特此回复",
)  # fmt: skip

_MARKS = re.compile(r"[\W_]+")


def without_stock_phrases(answer: str) -> str:
    """An answer without stock phrases, spaces and punctuation."""
    text = _plain(answer)
    for formula in _LONGEST_FIRST:
        text = text.replace(formula, "")
    return text


def stock_phrase_in(answer: str) -> str | None:
    """The longest stock phrase that an answer contains; None without any."""
    text = _plain(answer)
    return next((formula for formula in _LONGEST_FIRST if formula in text), None)


def _plain(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", text))


_LONGEST_FIRST = sorted(STOCK_PHRASES, key=len, reverse=True)
