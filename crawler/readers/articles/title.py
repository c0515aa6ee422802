"""An article's title: what the head claims, found again in what the page shows; where the head names
none, a title is found by its place alone: over the byline, or the only heading.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice, takewhile

from lxml import html

from crawler.page.dates import find_date
from crawler.page.lines import Line
from crawler.page.meta import first
from crawler.page.page_words import NEIGHBOUR, RELATED, WHERE_OR_HOME
from crawler.readers.articles.byline_links import names_site
from crawler.readers.articles.zone import WORDS, Zone, bare_date, first_sentence, labelled_above
from rules.vocabulary.white_space import squeeze

Place = tuple[str, int]
_PATH = re.compile(rf"{WHERE_OR_HOME.pattern}|[>»＞].{{0,30}}[>»＞]")
_BESIDE = re.compile(
    rf"^(?:{RELATED}|相关附件|友情链接|热[点门].{{0,6}}|附件(?:下载)?|扫一扫.*|分享.{{0,8}}|微信.{{0,10}}|{NEIGHBOUR}.*|"
    r"首\s*页|网站导航|通知公告|信息公开目录|政[务府]信息公开|导航|目录|正文|详细内容|信息详情)[:：]?$"
)
_SITE_WORD = re.compile(r"(?:政府|门户|网站|政务网|信息网|官网|[局委厅办院署]|人民政府网|公开网)$")
_SUFFIX = re.compile(r"(?:\s*(?:[_|｜]|[-–—]{1,2})\s*[一-鿿]{2,8})+$")
_LABELLED_DATE = re.compile(r"[:：]\s?(?:19|20)\d\d[-年/.]")
CLAIMS = ("articletitle", "article_title", "og:title", "title", "dc.title", "twitter:title", "contenttitle")
SITES = ("sitename", "og:site_name", "columnname", "lanmu")
# Points of a line (see `_score`): ENOUGH, a claim of the head bears it out (3.5 to 5) and so does its look or place;
# HEADING, no claim does, but it is marked as a heading and stands over the byline.
ENOUGH, HEADING = 4.0, 2.5
# Looks (see `_looks`) from which a line is marked as a heading or a title.
MARKED = 1.5
# Characters of a title that only its place tells: shorter lines there are values and buttons.
SHORTEST = 6
# Outweighs any heading's tag: a title never stands behind the text.
_AFTER_PROSE = -3.0
_BREAKS = re.compile(r"\s*[_|｜]\s*|\s*[-–—]{1,2}\s*|\s{2,}|\s*::\s*|\s*»\s*")
_CLASS = re.compile(r"tit(?:le)?(?![a-z])|title|bt(?![a-z])|biaoti|headline|subject", re.IGNORECASE)
_HEADING = {"h1": 3.0, "h2": 2.0, "h3": 1.5, "h4": 0.5}
_TRAILING_DATE = re.compile(
    r"[\s(（\[【]{1,3}(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:\s\d\d?:\d\d(?::\d\d)?)?\s?[)）\]】]?\s*$"
)


def key(text: str) -> str:
    """For comparing titles: width, white space and dots of abbreviation do not count."""
    return squeeze(unicodedata.normalize("NFKC", text)).rstrip(".…")


def stands_beside(text: str) -> bool:
    """A breadcrumb, a button, a heading of something beside the article."""
    return bool(_PATH.search(text) or _BESIDE.match(text))


def above_byline(lines: Sequence[Line], zone: Zone, sites: set[str]) -> Place | None:
    """The line over the first byline that stands before any prose, with its number. A heading may be short (公告)."""
    prose = first_sentence(lines, zone.record)
    for byline in sorted(at for at in zone.named - zone.record if at < prose)[:8]:
        first_part = lines[byline].parts[0]
        if len(lines[byline].parts) > 1 and may_name(first_part, sites) and not lines[byline].linked:
            return first_part, byline
        for at in _lines_over(byline, zone):
            line = lines[at]
            value = len(line.text) <= 20 and labelled_above(lines, at)
            least = 2 if _looks(line) >= MARKED else SHORTEST
            if not (line.linked or line.hidden or value) and may_name(line.text, sites, least):
                return line.text, at
    return None


def _over_text(lines: Sequence[Line], zone: Zone, sites: set[str]) -> Place | None:
    """A heading right over the text, where the byline stands below that."""
    prose = first_sentence(lines, zone.record)
    for at in range(prose - 1, max(prose - 4, -1), -1) if prose < len(lines) else ():
        line = lines[at]
        if _looks(line) >= MARKED and not (line.linked or line.hidden) and may_name(line.text, sites, 2):
            return line.text, at
    return None


def _lines_over(byline: int, zone: Zone) -> Iterator[int]:
    """The three lines over a byline, other lines of the byline not counted."""
    return islice((at for at in range(byline - 1, -1, -1) if at not in zone.bylines), 3)


def may_name(text: str, sites: set[str], least: int = SHORTEST) -> bool:
    """Words that could be a title, were they in its place."""
    own = key(text)
    if not least <= len(own) <= 120 or own in sites or bare_date(text) or WORDS.pattern.match(text):
        return False
    if _LABELLED_DATE.search(text) or text[-1] in "。；":
        return False
    return not (stands_beside(text) or names_site(text))


def first_claim(claims: Sequence[str], sites: set[str]) -> str | None:
    """The first claim that is not merely the name of a site or a column, without the short names behind it."""
    for claim in (_without_names(one, claims) for one in claims):
        if key(claim) not in sites and not (_SITE_WORD.search(claim) and "关于" not in claim):
            return claim
    return None


def _without_names(claim: str, claims: Sequence[str]) -> str:
    """The claim cut before the columns and sites behind it, if a piece of the <title> ends there."""
    bare = _SUFFIX.sub("", claim) if len(claim) <= 400 else claim
    return bare if len(bare) >= 10 and bare in claims else claim


@dataclass(slots=True, frozen=True)
class Title:
    """`text` and the lines that show it, the best first; none where only the head has it."""

    text: str | None = None
    at: tuple[int, ...] = ()


def read_title(tree: html.HtmlElement, meta: Mapping[str, str], lines: Sequence[Line], zone: Zone) -> Title:
    """The title as shown, in full; failing that, as claimed in the head."""
    claims = claimed(tree, meta)
    sites = {key(meta[name]) for name in SITES if name in meta} - {key(first(meta, CLAIMS) or "")}
    prose = first_sentence(lines, zone.record)
    scored = []
    for at, line in enumerate(lines):
        early = at <= prose or line.element.tag in _HEADING
        place = _neighbour(at, zone.named) if early else _AFTER_PROSE
        for text in _wordings(lines, at, zone):
            score = _score(text, line, claims, sites) + place
            if score >= HEADING:
                scored.append((score, -at, text))
    if max(scored, default=(0.0, 0, ""))[0] < ENOUGH:
        heading = max(scored)[1:] if scored else None
        return _unsupported(lines, zone, claims if first(meta, CLAIMS) else [], sites, heading) or Title(
            first_claim(claims, sites)
        )
    best, place, text = max(scored)
    shown = tuple(-at for score, at, other in sorted(scored, reverse=True) if key(other) == key(text))
    claim = first(meta, CLAIMS) or ""
    if best < ENOUGH + 2 and claim and key(claim) not in sites and not _same_title(text, claims[0]):
        return Title(claim)
    return Title(_in_full(text, claim, claims), shown or (-place,))


def _unsupported(
    lines: Sequence[Line],
    zone: Zone,
    claims: Sequence[str],
    sites: set[str],
    heading: tuple[int, str] | None,
) -> Title | None:
    """Where nothing shown is borne out by the head: the meta tag, the line over the first byline, a heading."""
    if claims and key(claims[0]) not in sites:
        return Title(claims[0])
    above = above_byline(lines, zone, sites) or _over_text(lines, zone, sites)
    if above is None and heading and may_name(heading[1], sites):
        above = heading[1], -heading[0]
    return Title(above[0], (above[1],)) if above else None


def claimed(tree: html.HtmlElement, meta: Mapping[str, str]) -> list[str]:
    """Titles claimed by the head: the meta tags, then the <title> whole, then its pieces."""
    found = [meta[name] for name in CLAIMS if name in meta]
    for tag in tree.iter("title"):
        whole = " ".join(tag.text_content().split())
        if whole and len(whole) < 400:
            pieces = [piece for piece in _BREAKS.split(whole) if len(piece) > 1]
            joined = [whole[: hit.start()] for hit in _BREAKS.finditer(whole) if hit.start() > 1]
            found += [whole, *reversed(joined), *pieces]
        break
    return found


def _wordings(lines: Sequence[Line], at: int, zone: Zone) -> list[str]:
    """The ways of reading a line as a title: whole, without what follows, with the next line of its heading."""
    line = lines[at]
    if not 2 <= len(line.text) <= 200 or (line.is_link and len(line.text) < 8):
        return []
    if WORDS.pattern.match(line.marked) or bare_date(line.text):
        return []
    if at in zone.named and WORDS.pattern.search(line.marked):
        return [line.parts[0]] if not find_date(line.parts[0]) else []
    ways = [_TRAILING_DATE.sub("", line.text).strip()]
    if len(line.parts) > 1:
        ways.append(_TRAILING_DATE.sub("", line.parts[0]).strip())
    joined = line.text
    for below in takewhile(lambda one: one.element is line.element, lines[at + 1 : at + 4]):
        joined = f"{joined} {below.text}"
        ways.append(joined)
    return [way for way in ways if way]


def _score(text: str, line: Line, claims: Sequence[str], sites: set[str]) -> float:
    if stands_beside(text):
        return 0.0
    own = key(text)
    if own in sites or names_site(text):
        return 0.0
    score = _support(own, claims) + _looks(line)
    if line.linked * 2 >= len(own):
        score -= 3
    return score - (len(own) < 5) - (len(own) > 120) - 2.5 * line.hidden


def _support(own: str, claims: Sequence[str]) -> float:
    """How well the page's head confirms it: an equal claim, a claim cut short, a beginning in common."""
    if len(own) < 2:
        return 0.0
    keys = [key(claim) for claim in claims]
    if own in keys:
        return 5.0 - 0.1 * min(keys.index(own), 10)
    if len(own) >= 8 and any(one.startswith(own) or own.startswith(one) for one in keys if len(one) >= 8):
        return 3.5
    return 2.0 if len(own) >= 10 and any(own in one for one in keys) else 0.0


def _looks(line: Line) -> float:
    """What the element looks like: a heading, a class or id that says title."""
    score = _HEADING.get(line.element.tag, 0.0)
    parent = line.element.getparent()
    for node in (line.element, parent, *islice(line.element, 2)):
        if node is not None and isinstance(node.tag, str) and node.tag != "body":
            if _CLASS.search(f"{node.get('class', '')} {node.get('id', '')}"):
                return score + 1.5
            score = max(score, _HEADING.get(node.tag, 0.0))
    return score


def _neighbour(at: int, bylines: AbstractSet[int]) -> float:
    """A date or a source follows within three lines."""
    return next((2.0 - 0.3 * step for step in range(4) if at + step in bylines), 0.0)


def _same_title(text: str, claim: str) -> bool:
    a, b = key(text), key(claim)
    return bool(a and b) and (a in b or b in a)


def _in_full(text: str, claim: str, claims: Sequence[str]) -> str:
    """The meta tag's title where the shown one is only its beginning; any claim where dots cut the shown one."""
    if len(key(text)) >= 8 and key(claim).startswith(key(text)):
        return claim
    if text.rstrip().endswith(("...", "…")):
        return next((one for one in claims if key(one).startswith(key(text))), text)
    return text
