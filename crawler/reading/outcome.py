"""What was really seen on a page: read, empty, or one of the causes of `crawler.reading.causes`.

Zero is earned. A page without rows is *empty* only if it says so itself, in words that it shows, or if it plainly
shows the place of the list with nothing in it and is proved to be the right column. In the other direction, marks
of a fault count only where no rows were found or the page shows little else: a page of rows is *read*, whatever
stands in its header, unless its address, its title, its names or its bytes say that it is not the page."""

from collections.abc import Sequence

from crawler.reading import bodies, landing
from crawler.reading.causes import CAUSES, sight
from crawler.reading.challenges import see_challenge, see_jump, see_shell
from crawler.reading.glance import Glance, glance, title_of
from crawler.reading.identity import names_of, other_column, other_site, proved
from crawler.reading.listplace import bare_place, frame_of, loads_rows, states_empty, states_zero, templated
from crawler.reading.notices import see_login, see_loud_notice, see_notice, titled_notice
from crawler.reading.page import Page
from crawler.reading.values import Article, Entry, Expectation, Letter, LetterList, LetterRow, Listing, Sight
from rules.terms import Outcome

READ = Sight(Outcome.READ)
EMPTY = Sight(Outcome.EMPTY)
FAILURES = (
    "dns", "refused", "timeout", "reset", "no_route", "tls", "redirect_loop", "too_large", "data_loss",
    "bad_address", "cancelled", "network", "robots",
)  # fmt: skip


def see_failure(kind: str) -> Sight:
    """The Sight of a request that brought no answer. `kind` is one of FAILURES; KeyError for any other."""
    if kind not in FAILURES:
        raise KeyError(kind)
    return sight(kind)


def see_answer(page: Page, expect: Expectation | None = None) -> Sight | None:
    """What is wrong with an answer before anybody reads it; None if nothing is seen to be wrong."""
    fault = _see_envelope(page, expect) or bodies.see_format(page)
    if fault:
        return fault
    seen = glance(page)
    return titled_notice(seen.title) or _see_no_page(page, seen, expect)


def see_list(page: Page, listing: Listing, expect: Expectation | None = None) -> Sight:
    """What was seen of one page of a column's list."""
    return _see_rows(page, listing, listing.entries, expect, "no_rows")


def see_letters(page: Page, letters: LetterList, expect: Expectation | None = None) -> Sight:
    """What was seen of one page of a mailbox's list."""
    return _see_rows(page, letters, letters.rows, expect, "no_letters")


def see_article(page: Page, article: Article, expect: Expectation | None = None) -> Sight:
    """What was seen of one posting's page. A title with a day, a text or a file is an article."""
    whole = bool(article.title and article.published)
    some = bool(article.title and (len(article.text) > 30 or article.attachments))
    return _see_single(page, whole, some, article.title or "", expect) or sight("no_article")


def see_letter(page: Page, letter: Letter, expect: Expectation | None = None) -> Sight:
    """What was seen of one letter's page. A moment beside a subject or a text is a letter."""
    words = letter.subject or letter.question or letter.answer
    whole = bool(words and (letter.received or letter.answered or letter.number))
    return _see_single(page, whole, bool(words), letter.subject or "", expect) or sight("no_letter")


def falls_short(listing: Listing | LetterList, rows_met: int) -> bool:
    """Whether a list ends here although it says that it holds more than was met: so no exact count."""
    return listing.next_page is None and listing.stated_total is not None and rows_met < listing.stated_total


def _see_rows(
    page: Page,
    listing: Listing | LetterList,
    rows: Sequence[Entry | LetterRow],
    expect: Expectation | None,
    nothing: str,
) -> Sight:
    fault = _see_envelope(page, expect)
    if fault:
        return fault
    if not rows:
        return _see_none(page, listing, expect) or sight(nothing)
    titles = "".join(row.title if isinstance(row, Entry) else row.subject for row in rows)
    dated = any(row.date if isinstance(row, Entry) else row.received or row.answered for row in rows)
    return _see_against_rows(page, titles, dated, expect) or READ


def _see_against_rows(page: Page, titles: str, dated: bool, expect: Expectation | None) -> Sight | None:
    """What speaks against rows that were found."""
    fault = titled_notice(title_of(page))
    if fault is None and not dated:
        fault = see_loud_notice(glance(page))
    if fault is None and bodies.garbled(titles):
        fault = sight("garbled")
    if fault is None and bodies.truncated(page, rows=True):
        fault = sight("truncated")
    return fault or _see_stranger(page, expect)


def _see_none(page: Page, listing: Listing | LetterList, expect: Expectation | None) -> Sight | None:
    """A page without rows: what is wrong with it, or EMPTY if that is earned; None if nothing can be said."""
    fault = bodies.see_format(page)
    if fault and not (fault.cause == "json" and listing.stated_total == 0):
        return fault
    seen = glance(page)
    stated = _says_empty(page, listing, seen)
    fault = _see_against_nothing(page, seen) if stated else _see_no_page(page, seen, expect)
    fault = fault or _see_stranger(page, expect) or _see_script(page, seen)
    if fault or stated:
        return fault or EMPTY
    if listing.says_empty or listing.stated_total == 0 or loads_rows(seen):
        return sight("js_list")
    paged = listing.stated_pages is not None and listing.stated_pages < 2
    return EMPTY if bare_place(page, seen, paged=paged) and proved(page, names_of(page), expect) else None


def _see_against_nothing(page: Page, seen: Glance) -> Sight | None:
    """What speaks against a page that says of itself that it has nothing."""
    fault = see_loud_notice(seen)
    if fault is None and bodies.garbled(seen.plain + seen.linked):
        fault = sight("garbled")
    return sight("truncated") if fault is None and bodies.truncated(page) else fault


def _says_empty(page: Page, listing: Listing | LetterList, seen: Glance) -> bool:
    if listing.says_empty:
        return states_empty(page, seen, listing.says_empty)
    return listing.stated_total == 0 and states_zero(seen)


def _see_single(page: Page, whole: bool, some: bool, title: str, expect: Expectation | None) -> Sight | None:
    """One posting or letter. Where it leads to another site it is still the posting of its column."""
    fault = (
        _see_envelope(page, expect, elsewhere=True) or titled_notice(title) or titled_notice(title_of(page))
    )
    if fault is None and not whole:
        seen = glance(page)
        fault = bodies.see_format(page) or (
            see_loud_notice(seen) if some else _see_no_page(page, seen, expect)
        )
    if fault is None and (whole or some):
        return sight("garbled") if bodies.garbled(title) else READ
    return fault


def _see_envelope(page: Page, expect: Expectation | None, *, elsewhere: bool = False) -> Sight | None:
    """Faults that no content can heal: status, bytes, and where the request ended."""
    fault = _see_status(page.status) or bodies.see_bytes(page)
    if fault is None and landing.to_home(page, expect):
        fault = sight("home")
    if fault is None and landing.to_error(page):
        fault = sight("soft_404", landing.split(page.url).path)
    if fault is None and not elsewhere and landing.to_other_host(page, expect):
        fault = sight("other_host", landing.registered(page.url))
    return fault


def _see_status(status: int) -> Sight | None:
    if status in (200, 201, 202, 203, 206):
        return None
    code = f"http_{status}"
    if code not in CAUSES:
        code = f"http_{status // 100}xx" if 300 <= status < 600 and status != 304 else "http_other"
    return sight(code, "" if str(status) in code else status)


def _see_no_page(page: Page, seen: Glance, expect: Expectation | None) -> Sight | None:
    """Faults of a page on which nobody found rows."""
    fault = see_challenge(page, seen) or see_notice(seen) or see_jump(page, seen, expect)
    if fault is None:
        fault = sight("login") if landing.to_login(page) else see_login(page, seen)
    if fault is None and bodies.garbled(seen.plain + seen.linked):
        fault = sight("garbled")
    if fault is None and bodies.truncated(page):
        fault = sight("truncated")
    return fault or _see_bare(page, seen)


def _see_bare(page: Page, seen: Glance) -> Sight | None:
    """Nothing shown at all: a frame, a shell, or a blank."""
    frame = frame_of(page) if seen.shown < 200 else ""
    if frame:
        return sight("frame", frame)
    return see_shell(page, seen) or (
        None if seen.shown or page.tree.find(".//img") is not None else sight("blank")
    )


def _see_script(page: Page, seen: Glance) -> Sight | None:
    """A list that is not in the page: in a frame, or drawn by a script."""
    frame = frame_of(page)
    if frame:
        return sight("frame", frame)
    return sight("js_list") if templated(page, seen) else None


def _see_stranger(page: Page, expect: Expectation | None) -> Sight | None:
    """A sound page, but of another site or column."""
    if expect is None:
        return None
    names = names_of(page)
    site = other_site(page, names, expect)
    if site:
        return sight("other_site", f"页面自称“{site}”，应为“{expect.site_name}”")
    column = other_column(page, names, expect)
    return sight("other_column", f"页面自称“{column}”，应为“{expect.column_path[-1]}”") if column else None
