"""Links out of a page, and the words by which one is suspected to sell something.

The words are looked for in the link's own text and in the title of the page it leads to, never in its address: an
address says whose a page is, not what it is. A suspicion is a notice to a person, who looks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Link:
    """One link to another site. `text` is what is shown, `title` the title of the page it leads to (if that was
    asked for). `dead_nights`: on how many different nights running it did not open (0: it opened, or was not
    tried). `hidden`: a citizen cannot see it (display:none, no size, colour of the ground, off the screen).
    `sponsored`: the page marks it as an advertisement."""

    url: str
    text: str = ""
    title: str = ""
    dead_nights: int = 0
    hidden: bool = False
    sponsored: bool = False

    @property
    def official(self) -> bool:
        """It leads to a government's site, by the suffixes that nobody else is given."""
        try:
            host = (urlsplit(self.url).hostname or "").rstrip(".")
        except ValueError:
            return False
        return host == "gov.cn" or host.endswith((".gov.cn", ".政务", ".xn--zfr164b"))


SHOWN = 3

GAMBLING = (
    "博彩",
    "彩票",
    "娱乐城",
    "棋牌",
    "百家乐",
    "赌场",
    "赌博",
    "六合彩",
    "时时彩",
    "下注",
    "体育投注",
    "菠菜",
)
LEWD = ("成人视频", "色情", "约炮", "裸聊", "午夜影院", "无码", "激情视频")
FORGERY = ("代开发票", "办证刻章", "刻章办证", "代办文凭", "论文代写", "代写论文", "刷单", "私服", "外挂")
LENDING = ("贷款秒批", "小额贷款", "网贷", "套现", "现金贷", "炒股开户", "期货开户", "配资")
SELLING = (
    "立即购买",
    "限时优惠",
    "优惠券",
    "旗舰店",
    "全场包邮",
    "代理加盟",
    "招商加盟",
    "厂家直销",
    "团购",
    "网店",
)
HEALING = ("包治", "祖传秘方", "壮阳", "减肥药", "整形美容", "男科医院")

COMMERCIAL_WORDS: tuple[str, ...] = GAMBLING + LEWD + FORGERY + LENDING + SELLING + HEALING


def commercial_word(link: Link) -> str | None:
    """The first word by which a link is suspected to sell something; None for a government's site."""
    if link.official:
        return None
    shown = f"{link.text} {link.title}"
    found = next((word for word in COMMERCIAL_WORDS if word in shown), None)
    return found or ("广告标记" if link.sponsored else None)


def listed(named: Sequence[str]) -> str:
    """The first few links by name, and how many there are if more."""
    more = f"等 {len(named)} 个" if len(named) > SHOWN else ""
    return "、".join(named[:SHOWN]) + more
