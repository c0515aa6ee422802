"""A mailbox's rows without column names or labels: recognised by what their cells hold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import html

from crawler.page.addresses import link_address
from crawler.page.budget import MOST_LETTERS
from crawler.page.dates import find_date
from crawler.page.elements import Measure
from crawler.page.titles import find_url, is_button
from crawler.page.values import LetterEntry
from crawler.readers.articles.zone import bare_date
from crawler.readers.letters.letter_labels import status_of
from crawler.readers.letters.letter_rows import full_text
from crawler.readers.letters.office_words import signature_of, unit_of
from crawler.readers.letters.row_draft import mark_unanswered
from rules.scanners.letter_kind import kind_before
from rules.scanners.letter_status import LetterStatus, read_status
from rules.vocabulary.white_space import squeeze

_NUMBER = re.compile(r"[\[【(（]?[A-Za-z]{0,6}[-\d〔〕\[\]()（）年第A-Za-z]{4,24}号?[\]】)）]?")
_REPLIED = re.compile(r"[已于在\s]{0,4}\d{4}[-/.年\d月日:：\s]{4,18}(?:回复|答复|办结)[。]?")
# Texts of a row: as many columns as a table of letters has, each in two pieces.
MOST_TEXTS = 16
# A row's elements: its texts, with links and icons in each.
MOST_ELEMENTS = 80


@dataclass(slots=True)
class _Text:
    text: str
    link: html.HtmlElement | None


def find_unnamed(
    tree: html.HtmlElement, sizes: Mapping[html.HtmlElement, Measure], base: str, lone_answered: bool
) -> list[LetterEntry]:
    """The largest family of like siblings in which most show a status, or two days, beside a subject. The others of the
    family are letters too, whose state is not understood."""
    families: dict[tuple[html.HtmlElement, str], list[LetterEntry | None]] = {}
    for node in tree.iter("tr", "li", "dl", "div", "ul", "a", "dd"):
        parent = node.getparent()
        if parent is None:
            continue
        family = families.setdefault((parent, str(node.tag)), [])
        if len(family) < MOST_LETTERS:
            size = sizes[node]
            fits = 2 <= size.pieces <= MOST_TEXTS and size.elements <= MOST_ELEMENTS
            family.append(_row(node, base, lone_answered) if fits else None)
    told = [[row for row in family if row] for family in families.values() if _mostly_told(family)]
    return mark_unanswered([(row, False) for row in max(told, key=len, default=[])])


def _mostly_told(family: list[LetterEntry | None]) -> bool:
    told = sum(row is not None and bool(row.status or (row.received and row.answered)) for row in family)
    return told > 0 and 2 * told >= len(family)


def _row(node: html.HtmlElement, base: str, lone_answered: bool) -> LetterEntry | None:
    texts = _texts(node)
    status = next(filter(None, (status_of(one.text) for one in texts)), None)
    signers = (signature_of(one.text)[0] for one in texts if len(one.text) <= 40)
    signer = next(filter(None, signers), None)
    days = [day for one in texts if _is_day(one.text) and (day := find_date(one.text))]
    subject = _subject(texts)
    if subject is None or not (status or days) or len(days) > 2 or _several(texts):
        return None
    received = min(days) if len(days) == 2 or (days and not lone_answered) else None
    answered = max(days) if len(days) == 2 or (days and lone_answered) else None
    if read_status(status or "") is LetterStatus.OPEN:
        answered = None
    whole = _in_full(subject)
    return LetterEntry(
        subject=whole,
        url=link_address(base, find_url(subject.link)) if subject.link is not None else None,
        number=next((one.text for one in texts if one is not subject and _is_number(one.text)), None),
        received=received,
        answered=answered,
        unit=next((unit for one in texts if one is not subject and (unit := unit_of(one.text))), signer),
        status=status,
        kind=kind_before(whole),
    )


def _is_day(text: str) -> bool:
    """A day alone, or all that is said of an answer: 于 2021-04-20 回复, 县城管局 2021-04-20."""
    return bare_date(text) or bool(_REPLIED.fullmatch(text)) or signature_of(text)[1] is not None


def _texts(node: html.HtmlElement, link: html.HtmlElement | None = None) -> list[_Text]:
    """The row's pieces of text in the order of reading; a row is small, so its depth is."""
    if not isinstance(node.tag, str) or node.tag in ("script", "style"):
        return []
    link = node if node.tag == "a" else link
    found = _piece(node.text, link)
    for child in node:
        found += [*_texts(child, link), *_piece(child.tail, link)]
    return found


def _piece(text: str | None, link: html.HtmlElement | None) -> list[_Text]:
    core = " ".join((text or "").split())
    return [_Text(core, link)] if core else []


def _is_number(text: str) -> bool:
    return sum(sign.isdigit() for sign in text) >= 4 and bool(_NUMBER.fullmatch(text)) and not bare_date(text)


def _in_full(subject: _Text) -> str:
    """The link's title where the link is the subject and no more, and its text is cut."""
    alone = subject.link is not None and squeeze("".join(subject.link.itertext())) == squeeze(subject.text)
    return full_text(subject.link) if subject.link is not None and alone else subject.text


def _several(texts: list[_Text]) -> bool:
    """More than one link that could be a subject: several rows, not one."""
    links = {
        id(one.link)
        for one in texts
        if one.link is not None and len(one.text) >= 4 and not (is_button(one.text) or unit_of(one.text))
    }
    return len(links) > 1


def _subject(texts: list[_Text]) -> _Text | None:
    """The longest linked text that is neither day nor status nor number; else the longest of all."""
    plain = [
        one
        for one in texts
        if len(one.text) >= 2
        and not (_is_day(one.text) or status_of(one.text) or _is_number(one.text) or is_button(one.text))
    ]
    linked = [one for one in plain if one.link is not None]
    return max(
        linked or [one for one in plain if not unit_of(one.text)],
        key=lambda one: len(one.text),
        default=None,
    )
