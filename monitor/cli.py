"""The command line. Exit status: 0 fine, 1 findings or partial where asked for, 2 wrong input, 3 our failure."""

import sys

import typer
from typer import rich_utils

from monitor.commands import (
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
    rules,
    scores,
    site,
)
from monitor.complaints import speak_fault
from monitor.reading import read_app

rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
rich_utils.OPTIONS_PANEL_TITLE = "选项"
rich_utils.COMMANDS_PANEL_TITLE = "命令"

app = typer.Typer(
    name="gongkai",
    help="政务公开监测：夜间采集各栏目，按单位统计，按规则检查，起草通报。",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["--help", "-h"]},
    pretty_exceptions_enable=False,
)
app.add_typer(site.app, name="site")
app.command("init")(init.init)
app.command("crawl")(crawl.crawl)
app.command("count")(count.count)
app.command("check")(check.check)
app.command("bulletin")(bulletin.bulletin)
app.command("audit")(audit.audit)
app.command("alert")(alert.alert)
app.add_typer(annual.annual_app, name="annual")
app.command("rules")(rules.rules)
app.command("show")(rules.show)
app.command("scores")(scores.scores)
app.command("check-table")(scores.check_table)
app.command("probe")(probe.probe)
app.command("prove")(prove.prove)
app.command("prune")(prune.prune)
app.command("accounts")(accounts.accounts)
app.command("demo")(demo.demo)
app.command("nightly")(night.nightly)
app.command("serve")(night.serve)
app.add_typer(read_app, name="read")


def main() -> None:
    """The console command: every mistake a user may make is one Chinese sentence and an exit status."""
    try:
        status = app(standalone_mode=False)
    except Exception as error:
        status = speak_fault(error)
    sys.exit(status if isinstance(status, int) else 0)
