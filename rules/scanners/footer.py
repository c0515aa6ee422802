"""What the foot of a government's home page must show (国办发〔2017〕47号《政府网站发展指引》网页设计规范), and how each part of it is
known in the page's source: by its words, or by the address that its picture, link or script is fetched from."""

import re
from enum import StrEnum


class FooterPart(StrEnum):
    """A part of the foot, by the name that papers print."""

    SPONSOR = "网站主办单位"
    CONTACT = "联系方式"
    IDENTIFIER = "网站标识码"
    ICP = "ICP备案编号"
    POLICE = "公安机关备案标识"
    MAP = "站点地图"
    MARK = "党政机关网站标识"
    CORRECTIONS = "“我为政府网站找错”入口"


# Pictures, which other sites hand out and a script may put into the page.
PICTURES = frozenset({FooterPart.MARK, FooterPart.CORRECTIONS})
_SIGNS: dict[FooterPart, re.Pattern[str]] = {
    part: re.compile(sign, re.IGNORECASE)
    for part, sign in {
        FooterPart.SPONSOR: r"主\s{0,4}办",
        FooterPart.CONTACT: r"联系(?:我们|方式|电话|地址)|电\s{0,4}话|邮\s{0,4}箱|e-?mail|mailto:",
        FooterPart.IDENTIFIER: r"标识码",
        FooterPart.ICP: r"ICP\s{0,2}[备证]|备案(?:序|编)?号|beian\.miit|miitbeian",
        FooterPart.POLICE: r"公网安备|公安(?:机关)?(?:联网)?备案|beian\.mps|beian\.gov\.cn",
        FooterPart.MAP: r"(?:站点|网站|本站)(?:地图|导航)|site_?map|wzdt|zddt",
        FooterPart.MARK: r"conac|党政机关|bszs\.",
        FooterPart.CORRECTIONS: r"找错|纠错|jiucuo|zhaocuo|zfwzgl|kaipuyun|exposure|errorinfo",
    }.items()
}
# One of them alone may stand in any text; two are a foot.
_OF_A_FOOT = (FooterPart.SPONSOR, FooterPart.IDENTIFIER, FooterPart.ICP, FooterPart.POLICE)
FEWEST = 2
# Characters before the foot's first words in which its pictures may stand, and tags that may bring one unseen.
BEFORE = 2_000
_LINKED_PICTURE = re.compile(
    r"<a\b[^>]{0,600}>\s{0,200}(?:<(?!a\b|/a|img)[^>]{0,300}>\s{0,200}){0,3}<img\b[^>]{0,600}>", re.I
)
_SCRIPT_FILE = re.compile(r"<(?:script|iframe)\b[^>]{0,300}\bsrc\s?=[^>]{0,300}>", re.I)


def footer_parts(source: str) -> frozenset[FooterPart] | None:
    """The parts that a home page's source names, scripts and addresses included; None where it holds no foot that we can see.
    Where the foot has a linked picture that says nothing of itself, or a script in a file, PICTURES may be it: they count as
    there."""
    found = {part: list(sign.finditer(source)) for part, sign in _SIGNS.items()}
    seen = frozenset(part for part, signs in found.items() if signs)
    lasts = [found[part][-1].start() for part in _OF_A_FOOT if found[part]]
    if len(lasts) < FEWEST:
        return None
    foot = source[max(0, min(lasts) - BEFORE) :]
    carriers = (tag[0] for pattern in (_LINKED_PICTURE, _SCRIPT_FILE) for tag in pattern.finditer(foot))
    unknown = any(not any(sign.search(tag) for sign in _SIGNS.values()) for tag in carriers)
    return seen | PICTURES if unknown else seen
