"""`gongkai check-table`: checking a score table that someone else made."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.bounded_check import check_bounded
from monitor.cli.options import FailOnFinding, Json
from monitor.scores.printed.recheck import recheck
from monitor.scores.printed.report import rechecked_json, report_text, worth_failing
from monitor.scores.printed_file import read_paper
from monitor.terminal import say, say_json
from rules.errors import WrongInput

TableFile = Annotated[
    Path, typer.Argument(metavar="文件", help="得分表或通报：.xlsx .docx .pdf .html .csv .txt")
]


def check_table(file: TableFile, fail_on: FailOnFinding = None, as_json: Json = False) -> None:
    """核对别人编制的得分表：逐行重算，重排名次，并与正文的点名和时段对照。"""
    paper = read_paper(file)
    checked = check_bounded(lambda: recheck(paper))
    if not any(table.told for table in checked.tables):
        raise WrongInput(f"文件 {file} 中没有能够核对的得分表：应有单位、各项得分与总分或名次。")
    if as_json:
        say_json(rechecked_json(checked, file.name))
    else:
        say(report_text(checked).rstrip("\n"))
    if fail_on == "finding" and worth_failing(checked):
        raise typer.Exit(1)
