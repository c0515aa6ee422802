"""What a guide must hold: 政府信息公开指南 by 《政府信息公开条例》第十二条, 办事指南 by the element classes of 国办秘函〔2019〕19号.

A text is held to it only if it is written as such a guide: it names some of the elements itself. A short text, one in
pictures or files that were not read, or a notice about guides is none."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class GuideKind(StrEnum):
    """Which guide it is, by its title."""

    DISCLOSURE = "政府信息公开指南"
    SERVICE = "办事指南"


_TITLES: Mapping[GuideKind, re.Pattern[str]] = {
    GuideKind.DISCLOSURE: re.compile(r"(?:政府)?信息公开(?:工作)?指南(?!编制|的通知)"),
    GuideKind.SERVICE: re.compile(r"(?:办事|服务|办理|申办|申请)指南(?!编制|的通知)"),
}
ELEMENTS: Mapping[GuideKind, Mapping[str, re.Pattern[str]]] = {
    kind: {element: re.compile(words, re.IGNORECASE) for element, words in elements.items()}
    for kind, elements in {
        GuideKind.DISCLOSURE: {
            "政府信息的分类": r"分类|类别|主动公开(?:的)?(?:信息|内容|范围)|公开范围",
            "获取方式": r"获取|申请|查阅|公开(?:形式|方式|渠道)",
            "政府信息公开工作机构名称": r"机构|受理(?:单位|部门)|负责(?:单位|部门|科室)|承办",
            "办公地址": r"地\s?址|地点",
            "办公时间": r"(?:办公|工作|受理|接待|上班)时间|上午|节假日",
            "联系电话": r"电\s?话|热线",
            "传真号码": r"传\s?真",
            "互联网联系方式": r"邮箱|电子邮件|e-?mail|网\s?址|网站|https?:|www\.|互联网",
        },
        GuideKind.SERVICE: {
            "事项名称": r"(?:事项|项目|业务|服务)名称|(?:办理|服务)事项|办理项目",
            "设定依据": r"依据|《[^《》\n]{2,60}》",
            "申请条件": r"条件|(?:办理|受理|服务|申请|适用|申报)(?:对象|范围)|申请人|受理标准",
            "办理材料": r"材料|(?:提交|提供|携带|准备|所需)[^。\n]{0,12}(?:证|件|表|书)|资料|证件",
            "办理地点": r"地\s?点|地\s?址|窗\s?口|大厅|网上办理|办理(?:渠道|方式|机构|部门|单位)",
            "办理时间": r"时\s?间|时\s?限|期\s?限|工作日|即时|当场",
            "联系电话": r"电\s?话|热线|联系方式|咨询方式",
            "办理流程": r"流\s?程|程\s?序|步\s?骤|环\s?节",
        },
    }.items()
}
# A text that is written by elements names some of them, in sentences or behind labels; a menu has words alone.
FEWEST = 3
SHORTEST = 200
_MARKS = re.compile(r"[。：；]")
FEWEST_MARKS = 6


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide that was read, and the elements that its text does not name, in their order."""

    kind: GuideKind
    missing: tuple[str, ...] = ()


def read_guide(title: str, text: str) -> Guide | None:
    """The guide that a page with its files is; None where it is none, or not one that can be held to its elements."""
    kind = next((kind for kind, pattern in _TITLES.items() if pattern.search(title)), None)
    if kind is None or len("".join(text.split())) < SHORTEST or len(_MARKS.findall(text)) < FEWEST_MARKS:
        return None
    missing = tuple(name for name, words in ELEMENTS[kind].items() if not words.search(text))
    return Guide(kind, missing) if len(ELEMENTS[kind]) - len(missing) >= FEWEST else None
