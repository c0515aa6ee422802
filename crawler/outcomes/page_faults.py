"""What can be wrong with a page, in the order in which it is asked: its envelope, its content, its identity."""

from crawler.outcomes import bodies
from crawler.outcomes.causes import CAUSES, outcome_of
from crawler.outcomes.challenges import see_challenge, see_jump, see_shell
from crawler.outcomes.identity import hijack_words, names_of, other_column, other_site
from crawler.outcomes.notices import see_login, see_notice, see_notice_anywhere
from crawler.page import redirects
from crawler.page.addresses import registered_domain, split
from crawler.page.list_place import frame_of, templated
from crawler.page.page import Page
from crawler.page.values import Expectation, PageOutcome
from crawler.page.visible_text import VisibleText, visible_text
from rules.vocabulary.terms import Outcome


def see_envelope(page: Page, expect: Expectation | None, *, elsewhere: bool = False) -> PageOutcome | None:
    """Faults whatever the content: status, bytes, and where the request ended."""
    fault = _see_status(page) or bodies.see_bytes(page)
    if fault is None and redirects.to_home(page, expect):
        fault = outcome_of("home")
    if fault is None and redirects.to_error(page):
        fault = outcome_of("soft_404", split(page.url).path)
    if fault is None and not elsewhere and redirects.to_other_host(page, expect):
        fault = outcome_of("other_host", registered_domain(page.url))
    return fault


def _see_status(page: Page) -> PageOutcome | None:
    """What the status says; but a refusal is one under whatever number it is sent."""
    if page.status in (200, 201, 202, 203, 206):
        return None
    code = f"http_{page.status}"
    if code not in CAUSES:
        code = (
            f"http_{page.status // 100}xx"
            if 300 <= page.status < 600 and page.status != 304
            else "http_other"
        )
    refusal = (
        _see_refusal(page) if CAUSES[code].outcome is not Outcome.BLOCKED and page.status >= 400 else None
    )
    return refusal or outcome_of(code, "" if str(page.status) in code else page.status)


def _see_refusal(page: Page) -> PageOutcome | None:
    seen = visible_text(page)
    fault = see_challenge(page, seen) or see_notice_anywhere(seen)
    return fault if fault and fault.outcome is Outcome.BLOCKED else None


def see_no_page(page: Page, seen: VisibleText, expect: Expectation | None) -> PageOutcome | None:
    """Faults of a page without rows."""
    fault = see_challenge(page, seen) or see_notice(seen)
    if fault is None:
        fault = outcome_of("login") if redirects.to_login(page) else see_login(page, seen)
    fault = fault or see_jump(page, seen, expect)
    if fault is None and bodies.garbled(seen.plain + seen.linked):
        fault = outcome_of("garbled")
    if fault is None and bodies.truncated(page):
        fault = outcome_of("truncated")
    return fault or _see_bare(page, seen)


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
    names = names_of(page)
    site = other_site(page, names, expect)
    if site:
        return outcome_of("other_site", f"页面自称“{site}”，应为“{expect.site_name}”")
    words_found = hijack_words(page, names, expect)
    if words_found:
        return outcome_of("hijacked", words_found)
    column = other_column(page, names, expect)
    wanted = "›".join(part for part in expect.column_path[:3] if part)
    return outcome_of("other_column", f"页面自称“{column}”，应为“{wanted}”") if column else None
