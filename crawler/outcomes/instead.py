"""What a site shows instead of the column's list: a notice or a login form, and below it the news of the day; or the
list of the column above.

Rows outweigh a notice: pages of good lists speak of logging in and of repairs. A notice speaks for the list where its own
words allow no list beside it, or where it stands in the list's place, over rows that nothing makes the column's."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from crawler.outcomes.causes import outcome_of
from crawler.outcomes.identity import Names, alike, named, plain
from crawler.outcomes.notices import (
    named_notice,
    see_login_in_place,
    see_notice_above,
    see_notice_anywhere,
    see_notice_in_place,
)
from crawler.page.addresses import folder_of
from crawler.page.elements import zone
from crawler.page.page import Page
from crawler.page.titles import tidy
from crawler.page.tokens import shown_tokens
from crawler.page.values import Entry, Expectation, LetterEntry, LetterList, Listing, PageOutcome
from crawler.page.visible_text import title_of, visible_text

_MARKED = re.compile(
    r"(?:^|[\s_-])(?:cur|curr|current|active|here|now|on|sel|select(?:ed)?|this)(?:[\s_-]|$)", re.I
)
MOST_LINKS = 400
# Characters of a line that may be a notice; of a title by which its row is found on the page.
LONGEST_LINE, TOLD = 120, 12


def see_instead(
    page: Page, listing: Listing | LetterList, expect: Expectation | None, *, dated: bool
) -> PageOutcome | None:
    """The notice in whose company rows are no list, but what the site recommends instead (最新信息). A list that turns
    its pages under its own name is one, whatever its page says; so are rows that lie in the column's folder, whatever
    stands over them. `dated`: whether a row shows a day."""
    names, mine = Names(page), _lie_in_folder(page, listing)
    fault = None if dated else see_notice_anywhere(visible_text(page))
    fault = fault or (None if mine else see_parent(names, expect))
    turns = listing.next_page is not None or listing.stated_total is not None
    # Looking for the breadcrumb costs most: a static site's unpaged list is done without.
    own = expect is not None and (turns or not mine) and named(names, expect)
    if fault or (turns and own):
        return fault
    fault = see_notice_above(visible_text(page))
    if fault or mine:
        return fault
    lines = list(_lines_over(page, _title(listing.entries[0])))
    fault = see_notice_in_place(lines)
    if fault or own or expect is None:
        return fault
    return named_notice(title_of(page)) or see_login_in_place(page, lines)


def see_parent(names: Names, expect: Expectation | None) -> PageOutcome | None:
    """The page of the column above the expected one. Two witnesses: of ColumnName, the last crumb, the title and a heading
    two are just its name; and nothing but a menu's link, not marked as where the reader is, speaks of the expected one."""
    if expect is None or len(expect.column_path) < 2:
        return None
    page, leaf = names.page, plain(expect.column_path[-1])
    above = [name for one in expect.column_path[:-1] if len(name := plain(one)) > 1 and name != leaf]
    if all(_names_leaf((names.declared, *names.titled), leaf, name) for name in above):
        return None  # seen before the breadcrumb is looked for, which costs most
    parent = next((name for name in above if _calls_itself(names, name)), "")
    if not parent or _names_leaf((names.declared, names.crumb, *names.titled), leaf, parent):
        return None
    spoken = leaf in plain(visible_text(page).plain) or leaf in map(plain, _marked_links(page))
    return (
        None if spoken else outcome_of("other_column", f"页面自称“{parent}”，应为“{expect.column_path[-1]}”")
    )


def _calls_itself(names: Names, name: str) -> bool:
    """Whether two of the places where a page names itself say just this."""
    headings = visible_text(names.page).headings
    said = ([names.declared], [names.last], names.titled, headings)
    return sum(name in map(plain, one) for one in said) > 1


def _names_leaf(said: Iterable[str], leaf: str, parent: str) -> bool:
    """Whether something the page calls itself, without the name of the column above, is like the column's own name."""
    return any(alike(leaf, plain(one).replace(parent, "")) for one in said)


def _marked_links(page: Page) -> Iterator[str]:
    """The texts of the links that are marked as where the reader is, themselves or in their item."""
    for link in islice(page.tree.iter("a"), MOST_LINKS):
        item = link.getparent()
        if _MARKED.search(f"{link.get('class') or ''} {'' if item is None else item.get('class') or ''}"):
            yield "".join(islice(link.itertext(), 3))


def _lie_in_folder(page: Page, listing: Listing | LetterList) -> bool:
    """Whether half of the rows lead into the folder of the page's own address."""
    own, urls = folder_of(page.url), [row.url or "" for row in listing.entries]
    return bool(own) and sum(folder_of(url)[: len(own)] == own for url in urls) * 2 >= len(urls)


def _title(row: Entry | LetterEntry) -> str:
    return row.title if isinstance(row, Entry) else row.subject


def _lines_over(page: Page, first: str) -> Iterator[str]:
    """The texts outside links, neither of a menu nor of a block beside, that stand over the row with this title."""
    tokens = page.model.view(shown_tokens).tokens
    texts = [tidy(token.text) for token in tokens]
    end = next((at for at, text in enumerate(texts) if text and text.startswith(first[:TOLD])), 0)
    for token, text in islice(zip(tokens, texts, strict=True), end):
        if token.link < 0 and 1 < len(text) <= LONGEST_LINE and zone(token.element) >= 1:
            yield text
