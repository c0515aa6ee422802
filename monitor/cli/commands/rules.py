"""`gongkai rules`: the book."""

from typing import Annotated

import typer

from monitor.cli.options import Json
from monitor.cli.site_words import known_rule
from monitor.terminal import say, say_json, say_table
from rules.book import BOOK
from rules.manual import page

RuleId = Annotated[
    str | None, typer.Argument(metavar="[编号]", help="规则的编号或名称，如 column.stale；不写则列出全部")
]


def rules(rule: RuleId = None, as_json: Json = False) -> None:
    """列出规则；给出编号时打印该规则的手册页。"""
    if rule is None:
        rows = [(each.id, each.name, each.severity.value, each.basis) for each in BOOK]
        if as_json:
            say_json([dict(zip(("id", "name", "severity", "basis"), row, strict=True)) for row in rows])
        else:
            say_table(("编号", "名称", "轻重", "依据"), rows)
        return
    found = known_rule(rule)
    say("\n".join(page(each) for each in BOOK if each.id == found))
