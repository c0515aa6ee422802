"""The command line. Exit status: 0 fine, 1 findings or partial where asked for, 2 wrong input, 3 our failure."""

import sys
from collections.abc import Callable, Mapping
from typing import Any

from monitor.cli.commands import (
    accounts,
    alert,
    annual,
    audit,
    bulletin,
    check,
    count,
    crawl,
    demo,
    init,
    night,
    probe,
    prove,
    prune,
    read,
    rules,
    scores,
    site,
)
from monitor.cli.complaints import speak_fault
from monitor.cli.usage import Command, group

# A command's name → its function, or the commands of a group, in the order in which they are listed.
Table = Mapping[str, "Callable[..., Any] | tuple[str, Table]"]
COMMANDS: Table = {
    "site": ("站点文件。", {"check": site.check}),
    "init": init.init,
    "crawl": crawl.crawl,
    "count": count.count,
    "check": check.check,
    "bulletin": bulletin.bulletin,
    "audit": audit.audit,
    "alert": alert.alert,
    "annual": (
        "政府信息公开工作年度报告：核对已写好的，起草要写的。",
        {"check": annual.check, "draft": annual.draft},
    ),
    "rules": rules.rules,
    "show": rules.show,
    "scores": scores.scores,
    "check-table": scores.check_table,
    "probe": probe.probe,
    "prove": prove.prove,
    "prune": prune.prune,
    "accounts": accounts.accounts,
    "demo": demo.demo,
    "nightly": night.nightly,
    "serve": night.serve,
    "read": (
        "查看程序从一个页面读出了什么（用于调试站点文件）。",
        {
            "list": read.read_lists,
            "article": read.read_articles,
            "letters": read.read_mailboxes,
            "letter": read.read_single_letters,
        },
    ),
}


def build(about: str, commands: Table) -> Any:
    """A group of commands, groups within it."""
    whole = group(about)
    for name, what in commands.items():
        if isinstance(what, tuple):
            whole.add_typer(build(*what), name=name)
        else:
            whole.command(name, cls=Command)(what)
    return whole


app = build("政务公开监测：夜间采集各栏目，按单位统计，按规则检查，起草通报。", COMMANDS)


def main() -> None:
    """The console command: every mistake a user may make is one Chinese sentence and an exit status."""
    try:
        status = app(standalone_mode=False)
    except Exception as error:
        status = speak_fault(error)
    sys.exit(status if isinstance(status, int) else 0)
