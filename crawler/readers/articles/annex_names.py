"""What an annex is called: by its link, by what the link stands beside, by the word 附件 before it."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import html

# Steps back in search of a name: over the blanks and serial numbers of one line, not into the paragraph before.
MOST_BEFORE = 40
# Shorter is a button (下载), longer a sentence that happens to precede the link.
SHORTEST_NAME, LONGEST_NAME = 4, 120
_LABEL = re.compile(
    r"\s*(?:相关|文本|下载)?附\s?件(?:下载|列表)?\s?[0-9一二三四五六七八九十]{0,2}\s?(?:[：:]|$)\s*"
)
_SERIAL = re.compile(r"[\s0-9.．、,，;；()（）\[\]]*")
_BUTTON = re.compile(
    r"[\[【(（\s]*(?:点击|在线|立即)?(?:下载|查看|预览|打开)(?:附件|文件)?[\]】)）\s]*|附\s?件"
)


def is_called_annex(link: html.HtmlElement) -> bool:
    """Whether what stands just before the link, or it itself, says 附件; other links and serial numbers between do
    not matter. Such a link leads to a file whatever its address."""
    if _LABEL.match(name_of(link)):
        return True
    before = (text for text in islice(_texts_before(link), MOST_BEFORE) if not _SERIAL.fullmatch(text))
    return bool(_LABEL.match(next(before, "")))


def _texts_before(link: html.HtmlElement) -> Iterator[str]:
    """The texts before the link, the nearest first, without those of other links."""
    node = link
    for _ in range(MOST_BEFORE):
        previous = node.getprevious()
        above = node.getparent()
        if previous is not None:
            yield (previous.tail or "").strip()
            if not _holds_link(previous):
                yield (
                    "".join(islice(previous.itertext(), MOST_BEFORE)).strip()
                    if isinstance(previous.tag, str)
                    else ""
                )
            elif previous.tag != "a":
                yield (previous.text or "").strip()
            node = previous
        elif above is not None and above.tag not in ("body", "html"):
            yield (above.text or "").strip()
            node = above
        else:
            return


def _holds_link(node: html.HtmlElement) -> bool:
    return isinstance(node.tag, str) and next(node.iter("a"), None) is not None


def name_of(link: html.HtmlElement) -> str:
    shown = " ".join("".join(link.itertext()).split()) if link.tag == "a" else ""
    if shown and not _BUTTON.fullmatch(shown):
        return shown
    pictures = (picture.get("alt") or "" for picture in link.iter("img"))
    said = next((one for one in (link.get("title"), link.get("download"), *pictures) if one), "")
    return " ".join(said.split())


def name_beside(link: html.HtmlElement) -> str:
    """What an icon or a button 下载 stands beside: the text after it, else before it."""
    after = " ".join((link.tail or "").split())
    if len(after) >= SHORTEST_NAME:
        return after
    near = (text for text in islice(_texts_before(link), 3) if len(text) >= SHORTEST_NAME)
    before = next(near, "")
    if before.endswith("。"):
        return ""
    return " ".join(_LABEL.sub("", before).split())[:LONGEST_NAME]
