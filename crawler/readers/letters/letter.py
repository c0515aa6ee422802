"""One letter's own page (信件详情): who wrote when, who answered when, and both texts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from crawler.page.labels import Field
from crawler.page.lines import Line
from crawler.page.meta import read_meta
from crawler.page.page import Page
from crawler.page.page_words import is_boilerplate
from crawler.page.values import Letter
from crawler.readers.articles.title import read_title
from crawler.readers.articles.zone import Zone
from crawler.readers.letters.letter_labels import (
    DAY_KINDS,
    KINDS,
    LONG_KINDS,
    PLAIN_DATES,
    PUBLISHED,
    RANKS,
    WORDS,
    status_of,
)
from crawler.readers.letters.letter_lines import letter_deadlines, letter_fields, letter_sorts, shown_lines
from crawler.readers.letters.office_words import moment_of
from crawler.readers.letters.steps import read_steps
from crawler.readers.letters.texts import Texts, read_texts
from crawler.readers.letters.unread_answers import (
    holds_more,
    is_bare,
    is_empty,
    is_given_otherwise,
    shows_private,
)
from rules.scanners.letter_deadline import printed_deadline
from rules.scanners.letter_kind import kind_before, kind_of
from rules.scanners.letter_status import LetterStatus, read_status

_MAILBOX = re.compile(
    r"(?:信箱|信件(?:详情|内容|信息|查看|查询)|来信(?:选登|详情|列表)|留言(?:详情|板|选登)|互动交流|咨询投诉|政民互动|详情|详细)$"
)

_BRACKETED = re.compile(
    r"(?:留言|来信|写信|咨询|投诉|提问|发信|反映|诉求)(?:人|者)\s?[（(]([^（）()：:]{1,12})[）)]"
)
# Lines over the first label in which a subject without a label stands: heading, and the tools between.
ABOVE = 4
_NO_HEAD = re.compile(r"位置|首\s*页|[>»＞]|欢迎|今天是|20\d\d年|^\d+$|信箱|信件查询|我要写信")


def read_letter(page: Page) -> Letter:
    """What the page says of one letter. Without any label of a letter it says nothing. Never raises."""
    lines = shown_lines(page)
    steps = read_steps(lines)
    lines = [line for at, line in enumerate(lines) if at not in steps.lines]
    fields = letter_fields(lines)
    texts = read_texts(lines, fields)
    short = [one for one in fields if not texts.holds(one)]
    said = _best(short)
    status = said.get("status") or texts.status or _status(lines, short, texts)
    received, accepted, answered = _moments(short, said, texts, steps.moments)
    if read_status(status or "") is LetterStatus.OPEN and not texts.answer:
        answered = None
    if not (received or answered or said.get("number") or texts.answer or (said and texts.question)):
        return Letter()
    unread = _unread(page, lines, texts)
    silent = (
        _Silence() if texts.answer or answered or unread else _silence(page, lines, fields, texts, status)
    )
    if steps.lines:
        # How far a letter is, the marks of a progress bar may say by colour alone.
        silent = replace(silent, bare=False)
    subject = said.get("subject") or _heading(page, lines, short) or None
    sorts = (value for at, value in letter_sorts(lines) if at not in texts.inside - texts.loose)
    data = _data_lines(lines, short, texts)
    limits = (value for at, value in letter_deadlines(lines) if at in data)
    return Letter(
        subject=subject,
        number=said.get("number"),
        sender=said.get("sender") or _sender(lines),
        received=received or accepted or _publication(short, answered),
        answered=answered,
        unit=said.get("unit") or texts.answered_by or None,
        status=status,
        question=texts.question,
        answer=texts.answer,
        accepted=accepted,
        unanswered=silent.waits,
        blank=silent.blank,
        bare=silent.bare,
        unread=unread,
        kind=kind_of(sorts) or kind_before(subject or ""),
        deadline=printed_deadline(limits),
    )


def _unread(page: Page, lines: Sequence[Line], texts: Texts) -> bool:
    """Whether an answer, or part of it, may stand where it is not read, or was given otherwise."""
    if texts.private or is_given_otherwise(texts.answer):
        return True
    if not texts.answer and shows_private(lines, frozenset(texts.inside - texts.loose)):
        return True
    if texts.answer_at is None:
        return False
    said = [lines[at] for at in sorted(texts.inside) if at > texts.answer_at] if texts.answer else []
    return not (texts.waiting or texts.status) and holds_more(lines[texts.answer_at], said, page)


@dataclass(frozen=True, slots=True)
class _Silence:
    """Of a page on which no answer was read: whether it says that there is none, whether the place for one is empty,
    and whether it has neither a place for one nor anything that may be one."""

    waits: bool = False
    blank: bool = False
    bare: bool = False


def _silence(
    page: Page, lines: Sequence[Line], fields: Sequence[Field], texts: Texts, status: str | None
) -> _Silence:
    said = {read_status(status or ""), read_status(texts.status)}
    if LetterStatus.CLOSED in said or LetterStatus.INVALID in said:
        return _Silence()
    if LetterStatus.OPEN in said or texts.waiting:
        return _Silence(waits=True)
    # A state that is shown and not understood (转其他平台办理, a picture) leaves it open whether an answer is due.
    if any(state and read_status(state) is None for state in (status, texts.status)) or texts.unread:
        return _Silence()
    if texts.answer_at is not None:
        return _Silence(blank=is_empty(lines[texts.answer_at], page))
    asked = [lines[at] for at in sorted(texts.inside - texts.loose)]
    labels = [lines[at] for at in sorted({one.at for one in fields})]
    return _Silence(bare=is_bare(asked, labels, page))


def _best(fields: Sequence[Field]) -> dict[str, str]:
    """For each short kind the value of its surest label; the first of equals."""
    found: dict[str, tuple[int, str]] = {}
    for one in fields:
        kind = KINDS.get(one.label)
        if kind is None or kind in LONG_KINDS:
            continue
        value = moment_of(one.rest) if kind in DAY_KINDS else one.value
        if value and (kind not in found or RANKS[one.label] < found[kind][0]):
            found[kind] = RANKS[one.label], value
    return {kind: value for kind, (_, value) in found.items()}


def _moments(
    fields: Sequence[Field], said: dict[str, str], texts: Texts, steps: Mapping[str, str]
) -> tuple[str | None, str | None, str | None]:
    """When it was received, accepted and answered: by label, else by the steps of its handling. A bare 时间 above
    the answer is the letter's, unless it is not earlier than the answer: then it is the page's own; one below the
    answer's beginning is the answer's."""
    received, accepted, answered = map(said.get, ("received", "accepted", "answered"))
    for one in fields:
        moment = moment_of(one.rest) if one.label in PLAIN_DATES else None
        if moment and texts.answer_at is not None and one.at > texts.answer_at:
            answered = answered or moment
        elif moment and (answered is None or moment[:10] < answered[:10]):
            received = received or moment
    return (
        received or texts.asked or steps.get("received"),
        accepted or steps.get("accepted"),
        answered or texts.answered or steps.get("answered"),
    )


def _publication(fields: Sequence[Field], answered: str | None) -> str | None:
    """When the site showed it, where no answer is older."""
    day = next((moment_of(one.rest) for one in fields if one.label in PUBLISHED), None)
    return day if day and (answered is None or day[:10] <= answered[:10]) else None


def _heading(page: Page, lines: Sequence[Line], fields: Sequence[Field]) -> str | None:
    """The title shown over the letter's data, where its subject has no label."""
    first = min((one.at for one in fields), default=0)
    above = lines[: first + 1]
    around = frozenset({first})
    title = read_title(page.tree, read_meta(page.tree), above, Zone(around, around, around, frozenset()))
    if title.at and title.text and not (_MAILBOX.search(title.text) or WORDS.pattern.match(title.text)):
        return title.text
    nearest = (line for line in reversed(above[:-1][-8:]) if not line.linked)
    return next((line.text for line in nearest if _may_head(line.text)), None)


def _sender(lines: Sequence[Line]) -> str | None:
    """留言人（张**）: a value in brackets."""
    said = (_BRACKETED.search(line.text) for line in lines if len(line.text) <= 80)
    return next((match[1].strip() for match in said if match), None)


def _may_head(text: str) -> bool:
    if not 2 <= len(text) <= 100 or is_boilerplate(text) or _MAILBOX.search(text) or _NO_HEAD.search(text):
        return False
    return not (WORDS.alone(text) or WORDS.pattern.match(text))


def _status(lines: Sequence[Line], fields: Sequence[Field], texts: Texts) -> str | None:
    """A status that stands alone in a short line or in a part of one, among the letter's data."""
    for at in _data_lines(lines, fields, texts):
        if at not in texts.inside and len(lines[at].text) <= 60:
            status = next(filter(None, map(status_of, lines[at].parts)), None)
            if status:
                return status
    return None


def _data_lines(lines: Sequence[Line], fields: Sequence[Field], texts: Texts) -> list[int]:
    """The lines of the letter's data, outside its texts: what stands farther off is a neighbour's, or said of all."""
    known = [one.at for one in fields] + list(texts.inside)
    near = range(max(0, min(known, default=0) - ABOVE), min(max(known, default=-1) + 1, len(lines)))
    return [at for at in near if at not in texts.inside - texts.loose]
