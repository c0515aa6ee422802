"""Who an article says it comes from (来源), and its number (文号)."""

import re
from collections.abc import Mapping, Sequence

from crawler.page.boilerplate import is_boilerplate
from crawler.page.dates import spans
from crawler.page.labels import Field, squeeze
from crawler.page.lines import Line
from crawler.page.meta import first
from crawler.page.office_names import may_sign
from crawler.readers.articles.article_labels import AUTHOR, ISSUER, NUMBER, SOURCE
from crawler.readers.articles.body import Body
from crawler.readers.articles.zone import Zone
from rules.vocabulary.words import alternatives

META = (
    "contentsource",
    "content_source",
    "source",
    "articlesource",
    "article:source",
    "laiyuan",
    "dc.source",
)
_NOTHING = re.compile(rf"[-—#*/.\s无]*|{alternatives('empty.no_value', 'empty.no_source')}", re.IGNORECASE)
_NUMBER = re.compile(
    r"[一-鿿（）()]{1,20}?\s{0,2}[〔\[【（(［﹝]\s?(?:19|20)\d\d\s?[〕\]】）)］﹞]\s{0,2}(?:第\s?)?\d{1,5}\s?号"
)
_SENTENCE = re.compile(r"，[^。]{1,120}。")
_CLOCK = re.compile(r"\s\d\d?[:：]\d\d(?:[:：]\d\d)?$")
_NAME = re.compile(r"[^：:，。\d\s|｜/·]{2,16}")
_SIGNS = re.compile(r"[\s|｜/·]+")
_CUT = ("...", "…")


def read_source(
    lines: Sequence[Line],
    fields: Sequence[Field],
    title_at: int | None,
    zone: Zone,
    body: Body,
    meta: Mapping[str, str],
) -> str | None:
    """The shown source, else the issuing office of the record, else the meta tag."""
    claimed = _clean(first(meta, META) or "")
    around = [one for one in fields if one.at in zone.record or one.at not in body.inside]
    shown = _nearest(around, SOURCE, title_at) or _nearest(around, ISSUER, title_at)
    if shown and shown.endswith(_CUT) and claimed and claimed.startswith(shown.rstrip(".…")):
        return claimed
    return (
        shown
        or claimed
        or _after_date(lines, title_at, body)
        or (_credited(lines, fields, body) or _office(around, title_at))
    )


def _credited(lines: Sequence[Line], fields: Sequence[Field], body: Body) -> str | None:
    """（来源：县林业局）, 供稿：县林业局: an office in a short line that closes the text."""
    last = frozenset(sorted(body.inside)[-3:])
    for one in fields:
        name = _clean(one.value) if one.at in last and one.label in SOURCE | AUTHOR else None
        if name and len(name) >= 3 and may_sign(name) and len(lines[one.at].text) <= 60:
            return name
    return None


def _office(fields: Sequence[Field], title_at: int | None) -> str | None:
    """作者：县政府办公室, where nothing else is said and the author is an office."""
    author = _nearest(fields, AUTHOR, title_at)
    return author if author and len(author) >= 4 and may_sign(author) else None


def _nearest(fields: Sequence[Field], labels: frozenset[str], title_at: int | None) -> str | None:
    near = title_at or 0
    found = [
        (abs(one.at - near), value) for one in fields if one.label in labels and (value := _clean(one.value))
    ]
    return min(found, key=lambda one: one[0])[1] if found else None


def _clean(text: str) -> str | None:
    """A name, without the date that follows it; None where it says nothing or tells a sentence."""
    found = next(spans(text), None)
    if found:
        text = text[: found[1]]
    text = _CLOCK.sub("", text).strip(" \t　:：|｜/-—[]【】;；,，")
    if _SENTENCE.search(text):
        return None
    return None if _NOTHING.fullmatch(text) or len(text) > 120 or "document." in text else text


def _after_date(lines: Sequence[Line], title_at: int | None, body: Body) -> str | None:
    """2014-07-25 13:59 新华社: a byline of a day and a name, neither labelled; an office may have more behind it
    (2014-07-25 | 县民政局 | 阅读 3)."""
    if title_at is None:
        return None
    for line in lines[title_at + 1 : min(body.start, title_at + 6)]:
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


def read_number(
    lines: Sequence[Line],
    fields: Sequence[Field],
    title: str | None,
    title_at: int | None,
    zone: Zone,
    body: Body,
) -> str | None:
    """The labelled number, else one that stands alone at the head of the body or closes the title."""
    for one in fields:
        if one.label in NUMBER and (one.at in zone.record or one.at not in body.inside):
            value = _clean_number(one.value)
            if value:
                return value
    for at in _heads(title_at, body):
        text = squeeze(lines[at].text)
        if len(text) <= 40 and _NUMBER.fullmatch(text):
            return text
    return _in_title(title or "")


def _heads(title_at: int | None, body: Body) -> list[int]:
    """The lines over the text where a document's number stands: around the title, then the first of the text."""
    first = sorted(body.inside)[:6]
    around = range(max(title_at - 3, 0), max(body.start, title_at + 1)) if title_at is not None else ()
    return [*around, *first]


def _clean_number(text: str) -> str | None:
    text = squeeze(text).strip(":：|;；,，")
    return (
        None
        if not text or _NOTHING.fullmatch(text) or not any(sign.isdigit() for sign in text)
        else text[:60]
    )


def _in_title(title: str) -> str | None:
    """（豫政〔2023〕15号）at the end of a title."""
    found = re.search(rf"[（(]({_NUMBER.pattern})[)）]?$", squeeze(title)[-60:])
    return found[1] if found else None
