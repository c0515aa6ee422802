"""The mailboxes of a survey: pages that list letters, and those that are only called so."""

import re
from collections.abc import Iterator

from crawler.discovery.areas import is_container
from crawler.discovery.proposal import MailboxProposal
from crawler.discovery.study import Kind
from crawler.discovery.survey import Node, Survey

_LETTERS = re.compile(r"信箱|留言|来信|信件|选登|问政|咨询投诉|(?:办理|答复|回复)(?:情况|结果)$")
_BOX = re.compile(r"信箱$|留言板?$|来信$")
_FORM = "页面上没有认出信件列表，请改为公开来信和答复的列表网址"
_ABROAD = "信箱在其他网站，能公开读到信件列表时再启用"


def mailboxes_of(survey: Survey) -> list[MailboxProposal]:
    """Pages of letters; boxes that show none are written as comments where there are such pages."""
    named = [node for node in survey.nodes.values() if _is_named(node)]
    read = [node for node in named if node.note and node.note.letters]
    forms = [node for node in named if node not in read and _BOX.search(node.name)]
    written = survey.scope.written
    return [
        *(MailboxProposal(node.name, written(node.url)) for node in read),
        *(MailboxProposal(node.name, written(node.url), not read, (_doubt(node),)) for node in forms),
        *_external(survey),
    ]


def _doubt(node: Node) -> str:
    """A box whose page was refused or never came is not yet known to be a form."""
    cause = node.note.why if node.note and node.note.kind is Kind.UNREAD else ""
    return f"未能读取（{cause}）" if cause else _FORM


def _is_named(node: Node) -> bool:
    there = node.note is not None and node.note.kind is not Kind.GONE and not node.moved
    return there and bool(_LETTERS.search(node.name)) and not is_container(node.name)


def _external(survey: Survey) -> Iterator[MailboxProposal]:
    seen = set()
    for link in (link for links in survey.external_links.values() for link in links):
        if _BOX.search(link.name) and link.name not in seen and not link.posting:
            seen.add(link.name)
            yield MailboxProposal(link.name, link.url, enabled=False, doubts=(_ABROAD,))
