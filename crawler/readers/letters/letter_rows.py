"""From what was found of a mailbox's list to its rows: every value to its field."""

import re
from collections.abc import Iterable, Sequence

from lxml import html

from crawler.page.addresses import link_address
from crawler.page.labels import value_cell
from crawler.page.lines import Line
from crawler.page.span_grid import columns_of
from crawler.page.titles import find_url, is_button
from crawler.page.values import Entry, LetterEntry
from crawler.readers.letters.cells import Card, LetterTable, name_of_mark, text_of
from crawler.readers.letters.letter_labels import ANSWERING, DAY_KINDS, KINDS, PLAIN_DATES, status_of
from crawler.readers.letters.letter_lines import letter_deadlines, letter_sorts
from crawler.readers.letters.row_draft import Draft, finish
from rules.scanners.letter_kind import kind_before
from rules.vocabulary.white_space import squeeze

_CUT = re.compile(r"(?:(?<!\.)\.{2,}|(?<!…)…+)$")
_ASKED = re.compile(
    r"(\d{4}[-/.年]\d\d?[-/.月]\d\d?日?)[\d:：\s]{0,12}(?:提问|留言|提交|发表|来信|咨询|投诉|反映)(?!时间|日期)"
)
_WRAPPED = re.compile(r"^[\[【(（]\s*(\S{2,12}?)\s*[\]】)）]\s*(?=\S)")


def from_table(table: LetterTable, base: str, lone_answered: bool) -> list[LetterEntry]:
    """The rows of a table by the names of its columns."""
    drafts = []
    for cells in table.rows:
        draft = Draft(lone_answered)
        subject = None
        spread = (one for one in cells for _ in range(columns_of(one)))
        for name, cell in zip(table.names, spread, strict=False):
            draft.say(name, full_text(cell) if KINDS.get(name) == "subject" else text_of(cell), cell)
            if KINDS.get(name) in ("subject", "question") and subject is None:
                subject = cell
        found = _first_url([subject], base) if subject is not None else None
        draft.url = found or _url(cells, base) or _clicked(cells, base)
        drafts.append(draft)
    return finish(drafts)


def full_text(cell: html.HtmlElement) -> str:
    """The subject in full: the link's or the cell's title where the shown text is cut."""
    text = text_of(cell)
    for node in (cell, *cell.iter("a", "span")):
        whole = " ".join((node.get("title") or "").split())
        start = squeeze(_CUT.sub("", text))
        if whole and (not text or (_CUT.search(text) and squeeze(whole).startswith(start))):
            return whole
    return text


def _clicked(cells: Sequence[html.HtmlElement], base: str) -> str | None:
    """The address that a click on the whole row opens."""
    row = cells[0].getparent() if cells else None
    return link_address(base, find_url(row)) if row is not None and row.get("onclick") else None


def _url(elements: Sequence[html.HtmlElement], base: str) -> str | None:
    """The address of the first link inside, else of a link that holds the whole row or card."""
    around = next(elements[0].iterancestors("a"), None) if elements else None
    holding = link_address(base, find_url(around)) if around is not None else None
    return _first_url(elements, base) or holding


def _first_url(elements: Iterable[html.HtmlElement], base: str) -> str | None:
    links = (link for element in elements for link in element.iter("a"))
    return next(filter(None, (link_address(base, find_url(link)) for link in links)), None)


def from_cards(
    cards: Sequence[Card], lines: Sequence[Line], base: str, lone_answered: bool
) -> list[LetterEntry]:
    """Each card's labelled values; its subject is labelled, or its link, or its first line."""
    drafts: list[Draft] = []
    sorts, limits = letter_sorts(lines), letter_deadlines(lines)
    for card in cards:
        draft = Draft(lone_answered)
        draft.sorts += [value for at, value in sorts if card.start <= at < card.stop]
        draft.limits += [value for at, value in limits if card.start <= at < card.stop]
        if drafts and _goes_on(card, lines):
            for one in card.fields:
                drafts[-1].say("回复时间" if one.label in PLAIN_DATES else one.label, one.rest)
            continue
        for one in card.fields:
            dated = KINDS.get(one.label) in DAY_KINDS or one.label in PLAIN_DATES
            value, place = one.rest if dated else one.value, value_cell(lines[one.at])
            if KINDS.get(one.label) == "status":
                place = lines[one.at].element if place is None else place
                value = value or name_of_mark(place)
            draft.say(one.label, value, place)
        if "subject" not in draft.said:
            headline = _headline(card, lines, draft.said.get("number", (0, ""))[1])
            draft.say("标题", _WRAPPED.sub("", headline))
            draft.sorts += filter(None, [kind_before(headline)])
        if "status" not in draft.said:
            draft.say("状态", _stamp(card, lines))
        if "received" not in draft.said:
            draft.say("来信时间", _asked(card, lines))
        draft.url = _url([line.element for line in lines[card.start : card.stop]], base)
        drafts.append(draft)
    return finish(drafts)


def _asked(card: Card, lines: Sequence[Line]) -> str:
    """The day in what is said of the question: 网友 于 2022-05-01 提问."""
    said = (_ASKED.search(line.text) for line in lines[card.start : card.stop] if len(line.text) < 80)
    return next((match[1] for match in said if match), "")


def _goes_on(card: Card, lines: Sequence[Line]) -> bool:
    """A block that only answers and leads nowhere: it is not a letter of its own, but the rest of the one before."""
    kinds = {KINDS.get(one.label) for one in card.fields if one.label not in PLAIN_DATES}
    answers = any(ANSWERING.search(one.label) for one in card.fields)
    linked = any(line.linked for line in lines[card.start : card.stop])
    return answers and not linked and kinds <= {"answered", "unit", "answer"}


def _headline(card: Card, lines: Sequence[Line], number: str) -> str:
    """The card's link, unless that is its number, else its first line without a label."""
    taken = {number for one in card.fields for number in (one.at, one.until)}
    free = [at for at in range(card.start, card.stop) if at not in taken or lines[at].linked]
    linked = [at for at in free if lines[at].linked >= 2 and not is_button(lines[at].text)]
    for at in (*linked, *free):
        line = lines[at]
        text = _link_text(line) or line.text
        if len(text) >= 2 and text != number and not status_of(text) and not is_button(text):
            return text
    return ""


def _link_text(line: Line) -> str:
    texts = map(full_text, line.element.iter("a"))
    return next((text for text in texts if len(text) >= 2 and not is_button(text)), "")


def _stamp(card: Card, lines: Sequence[Line]) -> str:
    parts = (part for line in lines[card.start : card.stop] if len(line.text) < 200 for part in line.parts)
    return next(filter(None, map(status_of, parts)), "") or ""


def from_listing(entries: Sequence[Entry], lone_answered: bool) -> list[LetterEntry]:
    """A plain list: its only day is the letter's, unless the column is one of answers."""
    return [
        LetterEntry(
            subject=one.title,
            url=one.url,
            received=None if lone_answered else one.date,
            answered=one.date if lone_answered else None,
            unit=one.source,
            kind=kind_before(one.title),
        )
        for one in entries
    ]
