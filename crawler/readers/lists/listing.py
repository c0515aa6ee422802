"""One page of a column's list: its rows, what comes next, how many there should be.

No selectors and no site's name: dates and links find the rows (`rows`), their place on the page decides
which rows are the list (`choosing`), the pager says the rest (`pager`). Rows without dates (`plain`) and
rows that the page only carries (`embedded`) come after, for they are less sure.
"""

from dataclasses import dataclass, replace
from datetime import date

from crawler.page.addresses import find_base
from crawler.page.budget import TooCostly
from crawler.page.list_place import PLACES, is_bare
from crawler.page.page import Page
from crawler.page.tokens import TokenStream, all_tokens, shown_tokens
from crawler.page.values import Listing
from crawler.readers.lists.choosing import choose
from crawler.readers.lists.copies import whole_list, with_copies
from crawler.readers.lists.doubts import ShownList, doubts_of
from crawler.readers.lists.embedded import read_data, read_hidden
from crawler.readers.lists.emptiness import Sentence, find_sentence, find_zero, stands_apart, stands_before
from crawler.readers.lists.entries import make_entries
from crawler.readers.lists.groups import Group, dated_groups, with_undated
from crawler.readers.lists.page_context import PageContext
from crawler.readers.lists.place import belongs, has_pager, heads_own, is_own, stands_aside
from crawler.readers.lists.plain import choose_plain
from crawler.readers.lists.template import places_of, template_of
from crawler.readers.pagers.pager import read_pager
from crawler.readers.pagers.pager_scripts import PagerPlan

# A headline or two above dated rows are no list beside theirs.
FEWEST_UNDATED = 3


@dataclass(frozen=True, slots=True)
class Known:
    """What the page's platform knows of it: rows that it `carries` unseen, and the pagers that its scripts draw."""

    carries: Listing | None = None
    pagers: tuple[PagerPlan, ...] = ()


NOTHING = Known()


def read_generic_list(page: Page, as_of: date | None, known: Known = NOTHING) -> Listing:
    """What one page of a list shows. Never raises; a page that is no list has no entries.

    `as_of` is the day on which the page was read: later dates are absurd, and it completes dates that
    show no year.
    """
    carried = read_data(page, as_of) or known.carries
    if carried is None or carried.entries:
        return carried or _read_page(page, as_of, known)
    # An empty store is the list; rows elsewhere on the page are a neighbour's.
    sentence = _find_sentence(_context_of(page))
    return replace(carried, says_empty=sentence.text if sentence else carried.says_empty)


def _read_page(page: Page, as_of: date | None, known: Known) -> Listing:
    context = _context_of(page)
    shown, sentence = context.stream, _find_sentence(context)
    listing = _read_tape(page, context, sentence, as_of, known)
    if listing is None and sentence is None:
        listing = _read_unseen(page, as_of, known)
    if listing:
        return listing
    if sentence is None and context.is_article:
        return Listing()
    if shown.cut:
        raise TooCostly  # what it says of itself proves nothing of what was not looked at
    pager = read_pager(page, shown, planned=known.pagers)
    return Listing(
        (),
        None,
        pager.rows,
        pager.pages,
        sentence.text if sentence else None,
        template=_empty_place(page, shown, sentence),
    )


def _empty_place(page: Page, stream: TokenStream, sentence: Sentence | None) -> str:
    """The make of the place that shows no rows; "" where none is seen."""
    place = (
        stream.tokens[sentence.at].element
        if sentence
        else next(filter(is_bare, page.tree.iter(*PLACES)), None)
    )
    return "" if place is None else places_of(page, place)


def _context_of(page: Page) -> PageContext:
    return PageContext(page.model.view(shown_tokens), page.tree, page.url)


def _find_sentence(context: PageContext) -> Sentence | None:
    """What an article says of its attachments or its comments says nothing of a list."""
    sentence = find_sentence(context.stream, context) or find_zero(context.stream)
    return None if sentence and context.is_article else sentence


def _read_unseen(page: Page, as_of: date | None, known: Known) -> Listing | None:
    """What only a script would show: templates and data. Rows that are styled away are a template's sample as often as
    the list, and are not read."""
    hidden = read_hidden(page, as_of)
    pager = read_pager(page, planned=known.pagers) if hidden.entries else None
    if pager is None:
        return None
    doubts = (*hidden.doubts, *pager.doubts)
    return Listing(hidden.entries, pager.turn, pager.rows, pager.pages, ended=pager.ended, doubts=doubts)


def _read_tape(
    page: Page, context: PageContext, sentence: Sentence | None, as_of: date | None, known: Known
) -> Listing | None:
    stream = context.stream
    way = context.crumbs.extent if context.crumbs else (0, 0)
    groups = dated_groups(stream, skip=way, tabs=context.crumbs is None)
    group = _choose(stream, groups, context)
    if group is None or stands_aside(stream, context, group):
        return None
    if not context.crumbs and not has_pager(stream, group) and _is_tabbed(page):
        return None
    zero = find_zero(stream) if sentence else None
    # A pager that prints a total of nought is no sign that these rows are its list.
    # Rows under the column's own name are its list, whatever else says that there is nothing.
    named = heads_own(stream, context, group.start)
    if sentence and not named and (zero or not has_pager(stream, group)):
        name = context.crumbs.name if context.crumbs else ""
        if stands_before(stream, sentence, group) or stands_apart(stream, sentence, zero, name, group):
            return None
    base = find_base(page)
    copy, group = group, whole_list(stream, group, groups, context, base, as_of)
    group = with_undated(stream, group)
    entries = with_copies(stream, group, make_entries(stream, group, base, as_of), base, as_of)
    if not entries:
        return None
    # The pager stands behind the last of two copies.
    around = (min(copy.start, group.start), max(copy.end, group.end))
    pager = read_pager(page, stream, around, known.pagers)
    doubts = doubts_of(ShownList(page, stream, group, entries, pager, as_of))
    template = template_of(page, group)
    return Listing(entries, pager.turn, pager.rows, pager.pages, None, pager.ended, doubts, template)


def _is_tabbed(page: Page) -> bool:
    """A front page whose other blocks wait behind tabs: with these it has no list of its own."""
    whole = page.model.view(all_tokens)
    choice = choose(whole, dated_groups(whole, tabs=True), PageContext(whole, page.tree, page.url))
    return choice.seen and choice.group is None


def _choose(stream: TokenStream, groups: list[Group], context: PageContext) -> Group | None:
    """Dated rows before undated ones; undated ones where no dated rows stand in a list's place, or where
    these have a pager and those have none."""
    choice = choose(stream, groups, context)
    if choice.seen and (choice.group is None or has_pager(stream, choice.group)):
        return choice.group
    dated = choice.group
    if dated is None or belongs(stream, context, dated.start):
        plain = choose_plain(stream, context)
        if plain and (dated is None or has_pager(stream, plain)):
            return plain
        if dated is None or is_own(stream, dated, context):
            return dated
    # Dated rows of which nothing says that they are the column's are its list only where no other stands before them.
    plain = choose_plain(stream, context, (dated.start, dated.end))
    if plain is None or len(plain.rows) < FEWEST_UNDATED or plain.parent is dated.parent:
        return dated
    if plain.start < dated.start and belongs(stream, context, plain.start):
        return None if belongs(stream, context, dated.start) and not is_own(stream, plain, context) else plain
    return plain if is_own(stream, plain, context) else dated
