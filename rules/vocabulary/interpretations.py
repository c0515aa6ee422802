"""Titles of interpretations (政策解读) and of the documents that they interpret.

An interpretation names its document in its title, in 《》, and says at the end what it is; a document's title holds what was
named. News of a meeting or of a campaign that explains a law is none."""

import re

from rules.vocabulary.white_space import squeeze

_KINDS = r"(?:解读|图解|读懂|问答|起草说明|政策说明|编制说明)"
_INTERPRETS = re.compile(
    rf"^(?:[【\[（(][^】\]）)]{{1,12}}[】\]）)]|(?:政策|文件|图文|部门|专家|文字)?{_KINDS}[:：]?|一图(?:看|读)懂[:：]?|关于|对)*"
    rf"《(?P<named>[^《》]{{6,90}})》(?P<rest>.{{0,24}})$"
)
_TRAILING = re.compile(rf"{_KINDS}|一图|图表")
_NEWS = re.compile(r"会$|会议|召开|举办|开展|宣讲|培训|活动|讲座|征求|意见稿|草案|公开征集")
# What is no document: a draft that is put to the public, its outcome, news of it, another interpretation.
_NO_DOCUMENT = re.compile(
    rf"{_KINDS}|征求|意见稿|草案|征集|听证|座谈|召开|举办|开展|宣传|学习|培训|废止|失效|答记者"
)
# Not 政策文件 and 政策解读 alone: so menus call their columns.
_OTHER = re.compile(
    r"原文|原件|全文|(?:政策|文件|解读|图解)(?:链接|材料|详情)|相关(?:政策|文件|解读|阅读|链接|信息)|(?:查看|阅读|点击)(?:政策|文件|解读)"
    r"|^(?:政策|文件|政策文件|政策解读|文件解读)[:：]"
)


def interpreted(title: str) -> str | None:
    """The name of the document that a title interprets, without white space; None where it interprets none."""
    plain = squeeze(title)
    found = _INTERPRETS.match(plain)
    if found is None:
        return None
    around = plain[: found.start("named")] + found["rest"]
    return found["named"] if _TRAILING.search(around) and not _NEWS.search(found["rest"]) else None


def is_document(title: str, named: str) -> bool:
    """Whether a title is that of the document so named: it holds the name, and is no draft, no news and no interpretation."""
    plain = squeeze(title)
    return named in plain and not _NO_DOCUMENT.search(plain.replace(named, ""))


def names_other(name: str) -> bool:
    """Whether a link says in its name that it leads to a document or to its interpretation."""
    return bool(_OTHER.search(name))
