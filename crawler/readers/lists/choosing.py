"""Which group of rows is the page's list, if the page has one.

A home page, an overview of many blocks and an article have groups of rows too; where it can be told that
none of them is the page's own list, none is chosen.
"""

import math
from dataclasses import dataclass

from crawler.page.addresses import leads_to_article
from crawler.page.titles import find_url, link_text
from crawler.page.tokens import TokenStream
from crawler.readers.lists.groups import Group, is_alike, lie_together
from crawler.readers.lists.headings import heading_before
from crawler.readers.lists.page_context import MUCH_PROSE, PageContext
from crawler.readers.lists.place import (
    belongs,
    has_pager,
    heads_own,
    is_own,
    is_teaser,
    lies_in_folder,
    stands_aside,
    weigh,
)
from crawler.readers.lists.rows import ITEMS

# Of `weigh`'s 1 for a place of which nothing is said: a tenth of doubt is allowed, a place beside (0.2, 0.5) is not.
ENOUGH = 0.9
# A row with an excerpt, tags and counters; more is a whole block.
MOST_TOKENS_A_ROW = 60
# A single row has no others to prove it one: title, day and a few cells.
MOST_TOKENS_ALONE = 12
# A block of a front page shows fewer rows before its 更多; a column's list shows ten and more.
FEWEST_BESIDE_MORE = 9


def with_sections(stream: TokenStream, best: Group, others: list[Group], context: PageContext) -> Group:
    """The group with the blocks made like it, where each stands under a heading and none under the column's own:
    then there is nothing to choose between them."""
    if context.crumbs is None or is_teaser(stream, best):
        return best
    blocks = [group for group in others if group is best or is_alike(group.parent, best.parent)]
    headings = [heading_before(stream, context, group.start) for group in blocks]
    if any(not heading or context.crumbs.name in heading for heading in headings):
        return best
    return Group(sorted((row for group in blocks for row in group.rows), key=lambda row: row.extent))


@dataclass(frozen=True, slots=True)
class Choice:
    """`group` is the page's list. `seen`: groups stand where a list stands, though none of them may be it."""

    group: Group | None = None
    seen: bool = False


def choose(stream: TokenStream, groups: list[Group], context: PageContext) -> Choice:
    """Which of the dated groups is the page's list."""
    sized = [(_score(stream, group, context), -group.start, group) for group in groups if _compact(group)]
    scored = sorted(sized, key=lambda one: one[:2])
    standing = [group for value, _, group in scored if value >= ENOUGH]
    standing = standing or [group for _, _, group in scored if _opens_block(stream, group, context)][-1:]
    if not standing:
        return Choice()
    standing = _without_neighbours(stream, standing, context)
    best, others = standing[-1], standing[:-1]
    wrong = (
        _not_a_list(stream, best, context)
        or _is_overview(stream, best, others, context)
        or _is_one_of_many(stream, best, others, context)
    )
    return Choice(None if wrong else with_sections(stream, best, standing, context), seen=True)


def _opens_block(stream: TokenStream, group: Group, context: PageContext) -> bool:
    """Whether several rows stand in the breadcrumb's own block under no other heading: what their classes are called
    leaves them out only where another group stands better."""
    if len(group.rows) < 2 or is_teaser(stream, group) or not _stands_in_block(stream, group, context):
        return False
    return belongs(stream, context, group.start) and not stands_aside(stream, context, group)


def _without_neighbours(stream: TokenStream, groups: list[Group], context: PageContext) -> list[Group]:
    """Without the groups beside which the column's own stand, however few: rows of its folder, then under its name, then
    under no other block's heading, then in the breadcrumb's block. A pager makes a group a list of its own."""
    for signs in (lies_in_folder, _is_own, _is_unnamed, _stands_in_block):
        own = [group for group in groups if signs(stream, group, context)]
        groups = [group for group in groups if not own or group in own or has_pager(stream, group)]
    return groups


def _is_own(stream: TokenStream, group: Group, context: PageContext) -> bool:
    """The same where no breadcrumb tells what stands before it."""
    if context.crumbs:
        return is_own(stream, group, context)
    return lies_in_folder(stream, group, context) or heads_own(stream, context, group.start)


def _is_unnamed(stream: TokenStream, group: Group, context: PageContext) -> bool:
    return context.crumbs is not None and belongs(stream, context, group.start)


def _stands_in_block(_: TokenStream, group: Group, context: PageContext) -> bool:
    return context.crumb_block[0] <= group.start < context.crumb_block[1]


def _is_one_of_many(stream: TokenStream, best: Group, others: list[Group], context: PageContext) -> bool:
    """Whether others stand as the group stands, and nothing tells whose are the column's: blocks of several columns, or
    unnamed ones."""
    if has_pager(stream, best):
        return False
    name = heading_before(stream, context, best.start)
    alike = [one for one in others if bool(heading_before(stream, context, one.start)) == bool(name)]
    if not name:
        # Without a breadcrumb what stands first is likelier the list.
        alike = [one for one in alike if context.crumbs or one.start < best.start]
        return bool(alike) and not _is_own(stream, best, context)
    if context.crumbs is None or context.crumbs.name in name:
        return False
    return any(not lie_together(stream, best, one) for one in alike)


def _score(stream: TokenStream, group: Group, context: PageContext) -> float:
    size = math.sqrt(min(len(group.rows), 20))
    return size * _wordy(stream, group) * weigh(stream, group, context)


def _wordy(stream: TokenStream, group: Group) -> float:
    """Titles are sentences, names of columns are not; but a dated row is a row, however short."""
    lengths = ([len(link_text(stream, stream.links[i])) for i in row.links] for row in group.rows)
    longest = [max(one, default=8) for one in lengths]
    return 0.5 + min(sum(longest) / len(longest), 12) / 24


def _compact(group: Group) -> bool:
    """Rows are small; a single one is smaller still, for the only date of a page may belong to anything."""
    longest = max(row.extent[1] - row.extent[0] for row in group.rows)
    return longest <= (MOST_TOKENS_ALONE if len(group.rows) == 1 else MOST_TOKENS_A_ROW)


def _not_a_list(stream: TokenStream, group: Group, context: PageContext) -> bool:
    """An article with a list beside it, or a lone dated link that nothing shows to be a list's row."""
    rows, paged = len(group.rows), has_pager(stream, group)
    if paged and rows > 2:
        return False
    if context.front and not paged and context.crumbs is None:
        return True
    prose = context.prose_outside((group.start, group.end))
    if context.article_weight > 1 or (prose >= MUCH_PROSE and (rows < 4 or context.article_weight)):
        return True
    return rows == 1 and not paged and _lonely(stream, group, context)


def _lonely(stream: TokenStream, group: Group, context: PageContext) -> bool:
    """A dated link that need not be a list's row: before the breadcrumb, or in no item and of no article."""
    if context.crumbs is None or group.start < context.crumbs.extent[0]:
        return True
    row = group.rows[0]
    hrefs = [find_url(stream.links[i].element) for i in row.links]
    return row.box.tag not in ITEMS and not any(href is None or leads_to_article(href) for href in hrefs)


def _is_overview(stream: TokenStream, best: Group, others: list[Group], context: PageContext) -> bool:
    """Several blocks of one weight, each offering 更多: a home page or a channel's front page. Where the page says
    where it stands in the site, blocks beside its list are its neighbours, not its equals."""
    if has_pager(stream, best):
        return False
    rivals = [group for group in others if len(group.rows) * 2 >= len(best.rows)]
    if is_teaser(stream, best):
        return bool(rivals) or len(best.rows) < FEWEST_BESIDE_MORE
    return context.crumbs is None and (len(rivals) > 1 or any(is_teaser(stream, group) for group in rivals))
