"""Who an article says it comes from (来源), and its number (文号)."""

import re
from itertools import chain

from crawler.page.dates import spans
from crawler.page.meta import first
from crawler.page.page_words import BUTTON, TOOLS, is_boilerplate, may_sign
from crawler.readers.articles.body import Layout
from crawler.readers.articles.zone import AUTHOR, ISSUER, NUMBER, SOURCE, first_sentence
from rules.vocabulary.white_space import squeeze
from rules.vocabulary.words import alternatives

META = (
    "contentsource", "content_source", "source", "articlesource", "article:source", "laiyuan", "dc.source",
)  # fmt: skip
_NOTHING = re.compile(rf"[-—#*/.\s无]*|{alternatives('empty.no_value', 'empty.no_source')}", re.IGNORECASE)
_NUMBER = re.compile(
    r"[一-鿿（）()]{1,20}?\s{0,2}[〔\[【（(［﹝]\s?(?:19|20)\d\d\s?[〕\]】）)］﹞]\s{0,2}(?:第\s?)?\d{1,5}\s?号"
)
_SENTENCE = re.compile(r"，[^。]{1,120}。")
_CLOCK = re.compile(r"\s\d\d?[:：]\d\d(?:[:：]\d\d)?$")
_NAME = re.compile(r"[^：:，。\d\s|｜/·]{2,16}")
_SIGNS = re.compile(r"[\s|｜/·]+")
# What a value may be that is none: the button or the counter that follows an empty label (来源：　打印 关闭).
_TOOL = re.compile(rf"[\s【\[(（]*{TOOLS.pattern}")
_CUT = ("...", "…")


def read_source(page: Layout) -> str | None:
    """The shown source, else the issuing office of the record, else the meta tag."""
    claimed = _clean(first(page.meta, META) or "")
    if _left_empty(page):
        return _nearest(page, ISSUER) or claimed or _office(page)
    shown = _nearest(page, SOURCE) or _nearest(page, ISSUER)
    if shown and shown.endswith(_CUT) and claimed and claimed.startswith(shown.rstrip(".…")):
        return claimed
    return shown or claimed or _after_date(page) or _credited(page) or _office(page)


def _left_empty(page: Layout) -> bool:
    """The byline has a 来源 and nothing behind it: a 来源 in or under the text is not the article's."""
    if page.title_at is None:
        return False
    own = [one for one in page.labelled(SOURCE) if page.title_at <= one.at < page.body.start]
    return bool(own) and not any(_clean(one.value) for one in own)


def _credited(page: Layout) -> str | None:
    """（来源：县林业局）, 供稿：县林业局: an office in a short line that closes the text, sentences before it."""
    prose = first_sentence(page.lines, frozenset(range(page.body.start)))
    last = frozenset(at for at in sorted(page.body.inside)[-3:] if at > prose)
    for one in page.fields:
        name = _clean(one.value) if one.at in last and one.label in SOURCE | AUTHOR else None
        if name and len(name) >= 3 and may_sign(name) and len(page.lines[one.at].text) <= 60:
            return name
    return None


def _office(page: Layout) -> str | None:
    """作者：县政府办公室, where nothing else is said and the author is an office."""
    author = _nearest(page, AUTHOR)
    return author if author and len(author) >= 4 and may_sign(author) else None


def _nearest(page: Layout, labels: frozenset[str]) -> str | None:
    """The name under one of the labels that stands nearest to the title."""
    near = sorted(page.labelled(labels), key=lambda one: abs(one.at - (page.title_at or 0)))
    return next(filter(None, (_clean(one.value) for one in near)), None)


def _clean(text: str) -> str | None:
    """A name, without the date that follows it; None where it says nothing or tells a sentence."""
    found = next(spans(text), None)
    if found:
        text = text[: found[1]]
    text = _CLOCK.sub("", text).strip(" \t　:：|｜/-—[]【】;；,，")
    if _SENTENCE.search(text):
        return None
    if _NOTHING.fullmatch(text) or _TOOL.match(text) or is_boilerplate(text) or BUTTON.fullmatch(text):
        return None
    return None if len(text) > 120 or "document." in text else text


def _after_date(page: Layout) -> str | None:
    """2014-07-25 13:59 新华社: a byline of a day and a name, neither labelled; an office may have more behind it
    (2014-07-25 | 县民政局 | 阅读 3)."""
    if page.title_at is None:
        return None
    for line in page.lines[page.title_at + 1 : min(page.body.start, page.title_at + 6)]:
        found = list(spans(line.text))
        if len(found) == 1 and found[0][1] == 0 and not line.linked:
            name = _named_in(re.sub(r"^[\d:：\s]+", "", line.text[found[0][2] :]))
            if name:
                return name
    return None


def _named_in(rest: str) -> str | None:
    """The words behind a day if they are but a name, else the first office among them."""
    if _NAME.fullmatch(rest) and not is_boilerplate(rest):
        return rest
    return next((one for one in _SIGNS.split(rest) if _NAME.fullmatch(one) and may_sign(one)), None)


def read_number(page: Layout, title: str | None) -> str | None:
    """The labelled number, else one that stands alone at the head of the body or closes the title."""
    labelled = (squeeze(one.value).strip(":：|;；,，")[:60] for one in page.labelled(NUMBER))
    heads = (squeeze(page.lines[at].text) for at in _heads(page))
    return next(
        chain(
            (text for text in labelled if not _NOTHING.fullmatch(text) and any(map(str.isdigit, text))),
            (text for text in heads if len(text) <= 40 and _NUMBER.fullmatch(text)),
        ),
        _in_title(title or ""),
    )


def _heads(page: Layout) -> list[int]:
    """The lines over the text where a document's number stands: around the title, then the first of the text."""
    title_at, first = page.title_at, sorted(page.body.inside)[:6]
    around = range(max(title_at - 3, 0), max(page.body.start, title_at + 1)) if title_at is not None else ()
    return [*around, *first]


def _in_title(title: str) -> str | None:
    """（豫政〔2023〕15号）at the end of a title."""
    found = re.search(rf"[（(]({_NUMBER.pattern})[)）]?$", squeeze(title)[-60:])
    return found[1] if found else None
