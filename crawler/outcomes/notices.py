"""Pages that are one notice: blocked, not found, under repair, for sale, broken; and login pages.

The words by which they are known are in notices.toml, which says what each kind of them counts for."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from crawler.outcomes.causes import outcome_of
from crawler.page.addresses import names_login, redirected
from crawler.page.page import Page
from crawler.page.values import PageOutcome
from crawler.page.visible_text import VisibleText, segments, title_of

# A trace or a directory's listing begins at the top; further down it is an article's subject.
OPENING = 400
_TRIM = " 　!！。.…,，?？()（）[]【】'\"“”:："
_NEVER_A_COLUMN = frozenset({"waf", "captcha", "soft_404", "server_error", "directory"})
_PART = re.compile(r"\{([A-Z_]+)\}")
_WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


class Notice(NamedTuple):
    """How one cause shows itself; None: never so."""

    cause: str
    title: re.Pattern[str] | None
    phrase: re.Pattern[str] | None
    anywhere: re.Pattern[str] | None
    line: re.Pattern[str] | None
    place: re.Pattern[str] | None


def _pattern(alternatives: list[str]) -> re.Pattern[str] | None:
    """Any of them, or none. What may stand between two words stands in one block with them."""
    joined = "|".join(alternatives)
    while joined != (filled := _PART.sub(lambda part: _WORDS["parts"][part[1]], joined)):
        joined = filled
    return re.compile(joined.replace("[^", r"[^\n"), re.I) if joined else None


def _notice(words: dict[str, Any]) -> Notice:
    title, phrase, anywhere, line, place = (
        words.get(key, []) for key in ("title", "phrase", "anywhere", "line", "place")
    )
    return Notice(
        words["cause"], _pattern(title), _pattern(phrase + anywhere), _pattern(anywhere), _pattern(line), _pattern(place)
    )  # fmt: skip


NOTICES = tuple(_notice(words) for words in _WORDS["notice"] if "vague" not in words)
VAGUE = tuple(_notice(words) for words in _WORDS["notice"] if "vague" in words)
CERTAIN = tuple(notice for notice in (*NOTICES, *VAGUE) if notice.cause in _NEVER_A_COLUMN)
# Any notice's line: hardly a line of a page is one, and is asked once.
_ABOVE = re.compile("|".join(notice.line.pattern for notice in NOTICES if notice.line), re.I)
LOGIN_TITLE, LOGIN_PHRASE = (re.compile(_WORDS["login"][key], re.I) for key in ("title", "phrase"))


def see_notice(seen: VisibleText) -> PageOutcome | None:
    """The notice that the page consists of, if it does: its title speaks first, then its text. A page of dates may
    be a column called 网站维护."""
    parts = _parts(seen.title)
    for notices in (NOTICES, VAGUE):
        titled = (
            (notice, _titled(notice, parts))
            for notice in notices
            if seen.dates < 3 or notice.cause in _NEVER_A_COLUMN
        )
        fault = _first(titled) or _first((notice, _phrased(notice, seen)) for notice in notices)
        if fault:
            return fault
    return None


def see_notice_anywhere(seen: VisibleText) -> PageOutcome | None:
    """The notice that outweighs rows without a date: a whole segment of the title, or a phrase that counts anywhere."""
    parts = _parts(seen.title)
    return _first(
        (notice, _titled(notice, parts) or _anywhere(notice, seen)) for notice in (*NOTICES, *VAGUE)
    )


def see_notice_above(seen: VisibleText) -> PageOutcome | None:
    """The notice that stands as a line of its own on a page of dated rows: the site says in the page's place that
    there is no page, and shows others."""
    lines = [line for line in seen.plain.split("\n") if _ABOVE.match(line)]
    said = ((notice, _begun(notice.line, line)) for notice in NOTICES if notice.line for line in lines)
    return _first(said)


def see_notice_in_place(lines: Sequence[str]) -> PageOutcome | None:
    """The notice that one of these lines is. `lines`: what stands in the list's place, over rows."""
    said = (
        (notice, line)
        for notice in NOTICES
        for line in lines
        if notice.place and notice.place.fullmatch(line)
    )
    return _first(said)


def see_login_in_place(page: Page, lines: Sequence[str]) -> PageOutcome | None:
    """A login form in the list's place, or as the page's title says, over rows (通知公告)."""
    titled = any(map(LOGIN_TITLE.fullmatch, (*_parts(title_of(page)), *lines)))
    return outcome_of("login") if titled and _asks_password(page) else None


def named_notice(title: str) -> PageOutcome | None:
    """The notice that gives the page its title, where the page is not called so for its column."""
    return _first((notice, _titled(notice, _parts(title))) for notice in (*NOTICES, *VAGUE))


def titled_notice(title: str) -> PageOutcome | None:
    """The notice the title alone gives away, whatever dated rows (最新推荐) stand below it."""
    parts = _parts(title)
    return _first((notice, _titled(notice, parts)) for notice in CERTAIN)


def _first(found: Iterable[tuple[Notice, str]]) -> PageOutcome | None:
    """The first notice for which there are words."""
    return next((outcome_of(notice.cause, words) for notice, words in found if words), None)


def see_login(page: Page, seen: VisibleText) -> PageOutcome | None:
    """A login form in the place of the page, or a redirect to one. A login box in the corner of a page that shows more is none."""
    asks = _asks_password(page)
    named = any(LOGIN_TITLE.fullmatch(part) for part in _parts(seen.title))
    sent = redirected(page) and names_login(page.url)
    if (
        sent
        or (asks and (named or seen.short))
        or (seen.short and (named or LOGIN_PHRASE.search(seen.plain)))
    ):
        return outcome_of("login")
    return None


def _asks_password(page: Page) -> bool:
    return bool(page.tree.xpath("boolean(//input[@type='password' or @type='Password' or @type='PASSWORD'])"))


def _parts(title: str) -> list[str]:
    return [part.strip(_TRIM) for part in segments(title)]


def _titled(notice: Notice, parts: list[str]) -> str:
    if notice.title is None:
        return ""
    return next((part for part in parts if notice.title.fullmatch(part)), "")


def _phrased(notice: Notice, seen: VisibleText) -> str:
    match = notice.phrase.search(seen.plain) if notice.phrase and seen.short else None
    return match[0] if match else _anywhere(notice, seen)


def _begun(notice: re.Pattern[str], line: str) -> str:
    match = notice.match(line)
    return match[0] if match else ""


def _anywhere(notice: Notice, seen: VisibleText) -> str:
    text = _where(notice.cause, seen)
    match = notice.anywhere.search(text) if notice.anywhere else None
    return match[0] if match else ""


def _where(cause: str, seen: VisibleText) -> str:
    if cause == "server_error":  # traces stand at the top; in the middle of a text they are its subject
        return " ".join((*seen.headings, seen.plain[:OPENING]))
    return seen.linked[:OPENING] if cause == "directory" else seen.plain
