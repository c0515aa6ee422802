"""Mailboxes among a survey's pages: lists that prove to be letters', whatever they are called, and boxes by name."""

import re
from collections import Counter
from collections.abc import Iterator

from crawler.discovery.areas import Area, is_placeholder
from crawler.discovery.list_families import ListFamilies
from crawler.discovery.paths import PathFinder
from crawler.discovery.proposal import MailboxProposal
from crawler.discovery.study import Kind, PageNote
from crawler.discovery.survey import Node, Survey
from crawler.discovery.unit_pages import UnitPages

# What a list of letters is called: its closing words, so that 信访动态 and 来信须知 are none.
_BOX = re.compile(
    r"(?:信箱|留言板?|来信|信件|(?:回复|答复|咨询|问答|反馈)(?=选登|选编))(?:选登|选编|公开|展示|列表|反馈|回复|答复|办理|结果|情况|回音|\(.*\)|（.*）)*$"
)
_UNNAMED = "栏目名称不像信箱，页面上却是信件列表，请核对"
_PLAIN = "列表中看不出办理状态和答复，请核对是否为信件"
_NO_LETTERS = "页面上没有信件，请核对是否为信件列表的网址"
_FORM = "页面上没有认出信件列表，请改为公开来信和答复的列表网址"
_ABROAD = "信箱在其他网站，能公开读到信件列表时再启用"


class MailboxPages:
    """`boxes`: what is written; `keys`: the pages that are mailboxes and so no columns; `left_out`: key → why a list of
    letters is not written."""

    def __init__(self, survey: Survey, places: PathFinder, pages: UnitPages) -> None:
        self._survey = survey
        self._pages = pages
        there = [node for node in survey.nodes.values() if node.note and _may_be(node)]
        lists = [node for node in there if node.note and node.note.letters]
        families = ListFamilies(survey, lists, places)
        self.left_out = families.left_out
        named = [node for node in there if node not in lists and _BOX.search(node.name)]
        read = [node for node in lists if node.key not in self.left_out]
        self.boxes = [
            *(self._box(node, None if _is_called_so(node) else _UNNAMED) for node in read),
            *(box for node in named if (box := self._named(node, any_read=bool(read)))),
            *_external(survey),
        ]
        urls = {box.url for box in self.boxes}
        self.keys = {node.key for node in (*lists, *named) if survey.scope.written(node.url) in urls}
        self._tell_apart()

    def _named(self, node: Node, *, any_read: bool) -> MailboxProposal | None:
        """A box by its name alone; None where the page is neither a list nor a form."""
        note: PageNote | None = node.note
        if note is None or note.kind in (Kind.GONE, Kind.ARTICLE):
            return None
        if note.kind is Kind.UNREAD:
            return self._box(node, f"未能读取（{note.why}）", enabled=not any_read)
        if note.counts:
            return self._box(node, _PLAIN if note.kind is Kind.LIST else _NO_LETTERS)
        return self._box(node, _FORM, enabled=False) if node.area is Area.MAILBOXES or note.fields else None

    def _box(self, node: Node, doubt: str | None, *, enabled: bool = True) -> MailboxProposal:
        url = self._survey.scope.written(node.url)
        return MailboxProposal(node.name, url, enabled, (doubt,) if doubt else ())

    def _tell_apart(self) -> None:
        """Boxes of one name bear their units' before it: 局长信箱."""
        times = Counter(box.name for box in self.boxes)
        by_url = {self._survey.scope.written(self._survey.nodes[key].url): key for key in self.keys}
        for place, box in enumerate(self.boxes):
            unit = self._pages.holder(by_url[box.url]) if box.url in by_url else None
            if unit and times[box.name] > 1:
                self.boxes[place] = MailboxProposal(unit.name + box.name, box.url, box.enabled, box.doubts)


def _may_be(node: Node) -> bool:
    return not node.moved and not is_placeholder(node.name)


def _is_called_so(node: Node) -> bool:
    return node.area is Area.MAILBOXES or bool(_BOX.search(node.name))


def _external(survey: Survey) -> Iterator[MailboxProposal]:
    seen = set()
    for link in (link for links in survey.external_links.values() for link in links):
        if _BOX.search(link.name) and link.name not in seen and not link.posting:
            seen.add(link.name)
            yield MailboxProposal(link.name, link.url, enabled=False, doubts=(_ABROAD,))
