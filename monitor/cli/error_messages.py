"""Every failure a user meets, as one Chinese sentence and an exit status."""

import traceback
from typing import Any

import typer

from monitor.terminal import say, say_error
from rules.errors import GongkaiError, SiteBusy, WrongInput

WRONG_INPUT = 2
OUR_FAILURE = 3


# Characters of one line: a path, a cell or a key that is quoted may be of any length.
LONGEST_LINE, BEGIN, END = 900, 600, 200


def shortened(text: str) -> str:
    """A sentence whose lines are no longer than a reader reads; the middle is left out, for both ends say what to do."""
    return "\n".join(
        line if len(line) <= LONGEST_LINE else f"{line[:BEGIN]}……{line[-END:]}" for line in text.split("\n")
    )


def report_error(error: Exception) -> int:
    """Says what went wrong on standard error; returns the exit status."""
    if isinstance(error, typer.Exit):
        return int(error.exit_code)
    if isinstance(error, typer.Abort):
        say_error("已按要求中止，已写入数据库的内容保留。")
        return OUR_FAILURE
    if isinstance(error, WrongInput):
        say_error(shortened(str(error)))
        return WRONG_INPUT
    if isinstance(error, GongkaiError):
        say_error(shortened(str(error)))
        return WRONG_INPUT if isinstance(error, SiteBusy) else OUR_FAILURE
    if hasattr(error, "format_message") and getattr(error, "exit_code", None) is not None:
        return _report_usage(error)
    return _report_unforeseen(error)


def _report_usage(error: Any) -> int:
    """Typer's own complaints, by their kinds."""
    from monitor.cli.usage_errors import usage_phrase  # only here: few commands are written wrongly

    if type(error).__name__ == "NoArgsIsHelpError":
        say(error.format_message())
        return 0
    command = error.ctx.command_path if getattr(error, "ctx", None) else "gongkai"
    say_error(f"{usage_phrase(error)}，没有执行任何操作，请用 {command} --help 查看用法。")
    return WRONG_INPUT


def _report_unforeseen(error: Exception) -> int:
    from db.connect import DBAPIError  # only here: a help page needs no database
    from db.error_words import in_chinese

    if isinstance(error, DBAPIError):
        say_error(
            f"数据库操作失败，未完成的一步已撤销，此前的内容保留，请检查磁盘与权限后重试（{in_chinese(error)}）。"
        )
    elif isinstance(error, OSError):
        where = f"文件无法读写：{error.filename or ''}（{in_chinese(error)}）"
        say_error(shortened(f"{where}，此前的内容保留，请检查路径、磁盘与权限。"))
    else:
        say_error("".join(traceback.format_exception(error)))
        say_error("程序内部出错，已保存的内容保留，请把上面的信息报告给开发者。")
    return OUR_FAILURE
