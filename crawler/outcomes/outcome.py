"""What was really seen on a page: read, empty, or one of the causes of `crawler.outcomes.causes`.

Zero is earned. A page without rows is *empty* only if two independent witnesses say so (`crawler.outcomes.zeros`). In the
other direction, marks
of a fault count only where no rows were found or the page shows little else: a page of rows is *read*, whatever
stands in its header, unless its address, its title, its names or its bytes say that it is not the page."""

from collections.abc import Sequence

from crawler.outcomes import bodies
from crawler.outcomes.causes import fault_of, outcome_of
from crawler.outcomes.challenges import see_challenge, see_jump, see_shell
from crawler.outcomes.identity import (
    Names,
    hijack_words,
    hijacked_rows,
    named,
    other_column,
    other_site,
    strays,
)
from crawler.outcomes.instead import see_instead, see_parent
from crawler.outcomes.notices import (
    see_login,
    see_notice,
    see_notice_above,
    see_notice_anywhere,
    titled_notice,
)
from crawler.outcomes.zeros import witnesses_of_zero
from crawler.page.addresses import is_home, names_error, of_site, redirected, registered_domain, split
from crawler.page.list_place import frame_of, loads_rows, templated
from crawler.page.page import Page
from crawler.page.values import (
    Article,
    Entry,
    Expectation,
    Letter,
    LetterEntry,
    LetterList,
    Listing,
    PageOutcome,
)
from crawler.page.visible_text import VisibleText, title_of, visible_text
from rules.vocabulary.terms import Outcome

READ = PageOutcome(Outcome.READ)
FAILURES = (
    "dns", "refused", "timeout", "reset", "no_route", "tls", "redirect_loop", "too_large", "data_loss",
    "bad_address", "private_address", "cancelled", "given_up", "out_of_time", "network", "robots",
)  # fmt: skip


def see_envelope(page: Page, expect: Expectation | None, *, elsewhere: bool = False) -> PageOutcome | None:
    """Faults whatever the content: status, bytes, and where the request ended."""
    fault = _see_status(page) or bodies.see_bytes(page)
    if fault or page.asked is None:
        return fault
    if redirected(page) and is_home(page.url, page.url, expect):
        return outcome_of("home")
    # A column may be number 404 and be asked for so.
    if redirected(page) and names_error(page.url) and not names_error(page.asked):
        return outcome_of("soft_404", split(page.url).path)
    led_away = not elsewhere and not of_site(page.url, page.asked, expect)
    return outcome_of("other_host", registered_domain(page.url)) if led_away else None


def _see_status(page: Page) -> PageOutcome | None:
    """What the status says; but a refusal is one under whatever number it is sent."""
    fault = fault_of(page.status)
    if fault and page.status >= 400 and fault.outcome is not Outcome.BLOCKED:
        seen = visible_text(page)
        refusal = see_challenge(page, seen) or see_notice_anywhere(seen)
        return refusal if refusal and refusal.outcome is Outcome.BLOCKED else fault
    return fault


def see_no_page(page: Page, seen: VisibleText, expect: Expectation | None) -> PageOutcome | None:
    """Faults of a page without rows."""
    return (
        see_challenge(page, seen)
        or see_notice(seen)
        or see_login(page, seen)
        or see_jump(page, seen, expect)
        or bodies.see_damage(page, seen.text)
        or _see_bare(page, seen)
    )


def _see_bare(page: Page, seen: VisibleText) -> PageOutcome | None:
    """Nothing shown at all: a frame, a shell, or a blank."""
    frame = frame_of(page) if seen.shown < 200 else ""
    if frame:
        return outcome_of("frame", frame)
    return see_shell(page, seen) or (
        None if seen.shown or page.tree.find(".//img") is not None else outcome_of("blank")
    )


def see_script(page: Page, seen: VisibleText) -> PageOutcome | None:
    """A list that is not in the page: in a frame, or drawn by a script."""
    frame = frame_of(page)
    if frame:
        return outcome_of("frame", frame)
    return outcome_of("js_list") if templated(page, seen) else None


def see_wrong_site(page: Page, expect: Expectation | None) -> PageOutcome | None:
    """A sound page, but of another site or column."""
    if expect is None:
        return None
    names = Names(page)
    site = other_site(names, expect)
    if site:
        return outcome_of("other_site", f"页面自称“{site}”，应为“{expect.site_name}”")
    words_found = hijack_words(names, expect)
    if words_found:
        return outcome_of("hijacked", words_found)
    column = other_column(names, expect)
    return _other_column(column, expect) if column else None


def see_stray(page: Page, first: str, expect: Expectation | None) -> PageOutcome | None:
    """A later page of the list whose first page has the address `first`, if it is another column's."""
    column = strays(Names(page), first, expect)
    return _other_column(column, expect) if column and expect else None


def _other_column(name: str, expect: Expectation) -> PageOutcome:
    wanted = "›".join(part for part in expect.column_path[:3] if part)
    return outcome_of("other_column", f"页面自称“{name}”，应为“{wanted}”")


def see_failure(kind: str) -> PageOutcome:
    """The PageOutcome of a request that brought no answer. `kind` is one of FAILURES; KeyError for any other."""
    if kind not in FAILURES:
        raise KeyError(kind)
    return outcome_of(kind)


def see_answer(page: Page, expect: Expectation | None = None) -> PageOutcome | None:
    """What is wrong with an answer before anybody reads it; None if nothing is seen to be wrong."""
    return (
        see_envelope(page, expect) or bodies.see_format(page) or see_no_page(page, visible_text(page), expect)
    )


def see_list(page: Page, listing: Listing, expect: Expectation | None = None) -> PageOutcome:
    """What was seen of one page of a column's list."""
    return _see_rows(page, listing, expect, "no_rows")


def see_letters(page: Page, letters: LetterList, expect: Expectation | None = None) -> PageOutcome:
    """What was seen of one page of a mailbox's list."""
    return _see_rows(page, letters, expect, "no_letters")


def see_article(page: Page, article: Article, expect: Expectation | None = None) -> PageOutcome:
    """What was seen of one posting's page. A title with a day, a text or a file is an article."""
    whole = bool(article.title and article.published)
    some = bool(article.title and (len(article.text) > 30 or article.attachments))
    return _see_single(page, whole, some, article.title or "", expect) or outcome_of("no_article")


def see_letter(page: Page, letter: Letter, expect: Expectation | None = None) -> PageOutcome:
    """What was seen of one letter's page. A moment beside a subject or a text is a letter."""
    words = letter.subject or letter.question or letter.answer
    whole = bool(words and (letter.received or letter.answered or letter.number))
    return _see_single(page, whole, bool(words), letter.subject or "", expect) or outcome_of("no_letter")


def _see_rows(
    page: Page, listing: Listing | LetterList, expect: Expectation | None, nothing: str
) -> PageOutcome:
    """Faults of rows that were found; else what their absence means, `nothing` where nothing tells."""
    fault = see_envelope(page, expect)
    if fault:
        return fault
    rows: Sequence[Entry | LetterEntry] = listing.entries
    if not rows:
        return _see_none(page, listing, expect) or outcome_of(nothing)
    told = [(row.title if isinstance(row, Entry) else row.subject, row.url) for row in rows]
    dated = any(row.date if isinstance(row, Entry) else row.received or row.answered for row in rows)
    sold = hijacked_rows(told, page.url)
    return (
        titled_notice(title_of(page))
        or see_instead(page, listing, expect, dated=dated)
        or bodies.see_damage(page, "".join(title for title, _ in told), rows=True)
        or see_wrong_site(page, expect)
        or (outcome_of("hijacked", sold) if sold else READ)
    )


def _see_none(page: Page, listing: Listing | LetterList, expect: Expectation | None) -> PageOutcome | None:
    """A page without rows: what is wrong with it, or EMPTY if that is earned; None if nothing can be said."""
    fault = bodies.see_format(page)
    if fault:
        return fault
    seen = visible_text(page)
    zero = witnesses_of_zero(page, listing, seen, expect)
    stated = zero.earned
    fault = (
        see_notice_anywhere(seen) or bodies.see_damage(page, seen.text)
        if stated
        else see_no_page(page, seen, expect)
    )
    fault = fault or see_notice_above(seen) or see_wrong_site(page, expect) or see_parent(Names(page), expect)
    fault = fault or see_script(page, seen)
    if fault is None and stated and redirected(page) and not named(Names(page), expect):
        fault = outcome_of("moved", page.url)
    if fault or stated:
        return fault or PageOutcome(Outcome.EMPTY, witness=str(zero))
    if zero.witnesses:
        return outcome_of("bare_list") if zero.bare else outcome_of("empty_unproved", *zero.witnesses)
    if listing.stated_total == 0 or loads_rows(seen):
        return outcome_of("js_list")
    return outcome_of("doubtful_empty", listing.says_empty) if listing.says_empty else None


def _see_single(
    page: Page, whole: bool, some: bool, title: str, expect: Expectation | None
) -> PageOutcome | None:
    """One posting or letter. Where it leads to another site it is still the posting of its column."""
    fault = (
        see_envelope(page, expect, elsewhere=True) or titled_notice(title) or titled_notice(title_of(page))
    )
    if fault is None and not whole:
        seen = visible_text(page)
        dominated = seen.short or not some
        fault = bodies.see_format(page) or (
            see_no_page(page, seen, expect) if dominated else see_notice_anywhere(seen)
        )
    if fault is None and (whole or some):
        return outcome_of("garbled") if bodies.garbled(title) else READ
    return fault
