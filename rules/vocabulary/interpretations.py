"""Titles of interpretations (政策解读) and of the documents that they interpret.

An interpretation names its document in its title, in 《》, and says at the end what it is; a document's title holds what was
named. News of a meeting or of a campaign that explains a law is none."""

import re
from collections.abc import Iterable

from rapidfuzz.fuzz import partial_ratio

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
_NORMATIVE = re.compile(r"规(?:发|字|范)?[〔\[【（(]\s?20\d\d|规\[20\d\d")
_ABOUT_DOCUMENTS = re.compile(
    r"清理|修改|修订|修正|继续(?:有效|执行|施行)|延长|有效期|目录|清单|公布.{0,20}(?:结果|名单)|勘误|转发"
)
# Whatever calls itself so may explain a document, by its name or by its matter.
_EXPLAINS = re.compile(rf"{_KINDS}|一图|图说|漫画|说明|答记者|怎么|如何|政策")
_NAMED = re.compile(r"《([^《》]{4,90})》")
_FORM = re.compile(
    r"^.{0,12}?(?:省|市|区|县|旗|镇|乡)(?:人民政府)?(?:办公室|[一-鿿]{2,8}?局|[一-鿿]{2,8}?委员会)?"
    r"|关于|印发|公布|发布|出台|制定|通知|公告|通告|决定|[（(](?:试行|暂行)[）)]|试行|暂行|管理|办法|规定|细则|意见|方案|措施|规则|实施|的|若干"
)
# Of 100: as alike as the shorter text's best place in the longer one. Low, for what is passed over is asked for by nobody.
ALIKE = 50
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


def is_normative(path: Iterable[str], number: str, title: str) -> bool:
    """Whether a posting is a normative document by the site's own word: its column's name, or its number (某政规〔2023〕2号). What
    repeals, amends or lists such documents is none that needs an interpretation."""
    declared = any("规范性文件" in name for name in path) or bool(_NORMATIVE.search(squeeze(number)))
    return declared and not (_NO_DOCUMENT.search(title) or _ABOUT_DOCUMENTS.search(title))


def may_interpret(title: str, document: str) -> bool:
    """Whether a title may be that of an interpretation of a document: it says that it is one, and names much of what the
    document's title does; in doubt it is."""
    plain, subject = squeeze(title), _subject(document)
    return bool(_EXPLAINS.search(plain)) and (partial_ratio(subject, plain) >= ALIKE if subject else True)


def _subject(document: str) -> str:
    """What a document's title is about, without its issuer and its form."""
    plain = squeeze(document)
    named = _NAMED.search(plain)
    return _FORM.sub("", named[1] if named else plain)


def names_other(name: str) -> bool:
    """Whether a link says in its name that it leads to a document or to its interpretation."""
    return bool(_OTHER.search(name))
