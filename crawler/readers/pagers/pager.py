"""What comes after this page of a list, and how much there is in all.

What is printed goes before what scripts say, and a last page goes before both: a pager whose current page
is its last leads nowhere, whatever its links point at. A following page that is this page is none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from lxml import html

from crawler.page.addresses import find_base, join, same_list_page, split
from crawler.page.page import Page
from crawler.page.page_numbers import PAGE_KEYS, file_number, name_parts, next_by_query, numbered_name
from crawler.page.tokens import TokenStream, all_tokens
from crawler.page.values import PageRequest
from crawler.page.whole_numbers import whole_number
from crawler.readers.pagers.clicks import follow_click
from crawler.readers.pagers.next_links import current_number, find_clicks, offers_following, offers_page
from crawler.readers.pagers.pager_scripts import PagerPlan, find_plans
from crawler.readers.pagers.stated_totals import Totals, read_totals
from rules.vocabulary.words import alternatives

# Tokens around the rows where a total may stand: before, in the column's head; behind, a pager of ten numbers, a
# choice of 20 pages and the totals.
BEFORE, BEHIND = 16, 80
# Numbers behind the pager's own are a ranking's.
MOST_OFFERED = 20
_LAST = re.compile(rf"[\s\[【]*(?:{alternatives('navigation.last_page', spaced=True)}|last)[\s\]】]*", re.I)
_CALLED = re.compile(r"^\s*(?:javascript:)?[\w.$ ]{1,60}\(\s?['\"]?(\d{1,5})['\"]?\s?\)", re.I)


@dataclass(frozen=True, slots=True)
class Pager:
    """`turn` asks for the following page, None on the last or where nothing says it; `rows` and `pages` are
    what is stated. `ended`: the pager itself says that this page is the last. `doubts`: codes of causes, where what it
    states disagrees, or where it leads on by a script of another file."""

    turn: PageRequest | None = None
    rows: int | None = None
    pages: int | None = None
    ended: bool = False
    doubts: tuple[str, ...] = ()


def read_pager(
    page: Page,
    stream: TokenStream | None = None,
    rows: tuple[int, int] | None = None,
    planned: Sequence[PagerPlan] = (),
) -> Pager:
    """The page's pager. `rows` is the list's place on the token stream, where it is known; `planned`, what the page's
    platform reads out of its scripts."""
    stream = stream or page.model.view(all_tokens)
    start, end = rows or (0, 0)
    above, said = _say(stream, start, end, rows is not None)
    plans = [*planned, *find_plans(page.tree)]
    current = said.current or current_number(stream, end)
    planned_rows = next((plan.rows for plan in plans if plan.rows is not None), None)
    said = replace(said, current=current, rows=planned_rows if said.rows is None else said.rows)
    counted = next((plan.pages for plan in plans if plan.pages), None)
    pages = counted if said.pages is None else said.pages
    following = _Following(page, stream, end, replace(said, pages=pages), plans)
    turn = following.find()
    if pages is None:
        pages = following.pages_by_last_link(turn) if turn else following.pages_at_least()
    ended = turn is None and not following.dead and (following.off or _at_last(following.said))
    return Pager(turn, said.rows, pages, ended, _doubts(following, plans, said, above))


def _at_last(said: Totals) -> bool:
    """The page counts itself, and is the last; or there is but one."""
    return said.pages is not None and (said.pages == 1 or (said.current or 0) >= said.pages)


def _doubts(
    following: "_Following", plans: Sequence[PagerPlan], said: Totals, above: Totals
) -> tuple[str, ...]:
    """What scripts say of the rows, and what stands above them, must not contradict the pager."""
    scripts = {plan.rows for plan in plans if plan.rows is not None} - {said.rows}
    pages = {above.pages, following.said.pages} - {None}
    differ = scripts or above.rows not in (None, said.rows) or len(pages) > 1
    return ("totals_differ",) * bool(differ) + ("script_pager",) * following.dead


def _say(stream: TokenStream, start: int, end: int, known: bool) -> tuple[Totals, Totals]:
    """What stands above the rows, and what is stated in all: what stands behind them goes first."""
    behind = read_totals(stream, end, end + BEHIND if known else len(stream.tokens))
    if not known:
        return Totals(), behind
    above = read_totals(stream, max(0, start - BEFORE), start)
    rows = above.rows if behind.rows is None else behind.rows
    pages = above.pages if behind.pages is None else behind.pages
    return above, Totals(rows, pages, behind.current or above.current)


class _Following:
    def __init__(
        self, page: Page, stream: TokenStream, after: int, said: Totals, plans: list[PagerPlan]
    ) -> None:
        self.page, self.stream, self.after, self.said, self.plans = page, stream, after, said, plans
        self.base = find_base(page)
        # A way on was printed that cannot be followed; or one that is switched off, as a last page prints it.
        self.dead = False
        self.off = False

    def find(self) -> PageRequest | None:
        if self.said.pages and self.said.current and self.said.current >= self.said.pages:
            return None
        turn = next(self._ways(), None)
        if turn is None and self.said.current:
            self.dead = self.dead or offers_following(self.stream, self.after, self.said.current)
        here = turn and turn.method == "GET" and same_list_page(turn.url, self.page.url)
        return None if here else turn

    def _ways(self) -> Iterator[PageRequest | None]:
        """Ways on, the surest first; None among them means that the page says there is none."""
        following = self.said.current + 1 if self.said.current else None
        for click in find_clicks(self.stream, self.page.tree, self.after):
            number = click.number or following
            if click.element is None:
                self.off = self.off or not click.unbound
                self.dead = self.dead or click.unbound
                yield None
            elif turn := follow_click(click.element, number, self.page):
                yield turn
            else:
                self.dead = True
        yield from (self._planned(plan) for plan in self.plans if plan.pages)

    def _planned(self, plan: PagerPlan) -> PageRequest | None:
        page = plan.page or self.said.current or self._number_here(plan) or 1
        if plan.pages and page >= plan.pages:
            return None
        target = self._name(plan, page + 1)
        named = plan.stem is not None or plan.template is not None
        return PageRequest(target, guessed=not named) if target else None

    def _number_here(self, plan: PagerPlan) -> int | None:
        number = file_number(self.page.url)
        if number is not None and plan.template:
            # /channels/12.html is no page of /channels/12_{}.html.
            named = join(self.base, plan.template.replace("{}", str(number)))
            number = number if named and same_list_page(named, self.page.url) else None
        return plan.page_of(number) if number is not None else None

    def _name(self, plan: PagerPlan, number: int) -> str | None:
        """The address of page `number`; where no script says it, as the first page's file is named. Nobody can
        tell how a program that makes its pages (list.do?id=3) counts them."""
        if plan.template:
            return join(self.base, plan.template.replace("{}", str(plan.number_of(number))))
        queried = next_by_query(self.page.url) if plan.stem is None else None
        parts = (plan.stem, plan.extension) if plan.stem else name_parts(self.page.url)
        if queried or not parts:
            return queried
        return join(self.base, numbered_name(parts[0], plan.number_of(number), parts[1]))

    def pages_at_least(self) -> int | None:
        """On the last page its number. Where a next page is printed that cannot be followed, one page more or
        the highest number offered, so that nobody takes this page for the whole list."""
        if not self.dead:
            return self.said.current
        if called := self._last_called():
            return called
        offered = [
            int(token.text)
            for i, token in enumerate(self.stream.tokens[self.after :], self.after)
            if offers_page(self.stream, i, self.after)
        ]
        return max([*offered[:MOST_OFFERED], (self.said.current or 1) + 1])

    def pages_by_last_link(self, turn: PageRequest) -> int | None:
        """尾页 leads to index_55 and 下一页 to index_1: 56 pages, if this is the first."""
        last, called = self._last_link(), self._last_called()
        if last is None or called:
            return called
        first, final = _number(turn.url), _number(join(self.base, last.get("href") or "") or "")
        if first is None or final is None or final < first:
            return None
        return final - first + (self.said.current or 1) + 1

    def _last_link(self) -> html.HtmlElement | None:
        tokens = (token for token in self.stream.tokens if token.link >= 0 and _LAST.fullmatch(token.text))
        return next((self.stream.links[token.link].element for token in tokens), None)

    def _last_called(self) -> int | None:
        """The number that a click on 尾页 hands to its script."""
        last = self._last_link()
        scripts = (last.get("href") or "", last.get("onclick") or "") if last is not None else ()
        return next((int(call[1]) for script in scripts if (call := _CALLED.search(script))), None)


def _number(url: str) -> int | None:
    query = parse_qsl(split(url).query)
    numbers = (whole_number(value) for key, value in query if PAGE_KEYS.fullmatch(key))
    return next((number for number in numbers if number is not None), None) or file_number(url)
