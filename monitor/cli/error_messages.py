"""Every failure a user meets, as one Chinese sentence and an exit status."""

import traceback
from typing import Any

import typer

from monitor.terminal import say, say_error
from rules.errors import GongkaiError, SiteBusy, WrongInput
from rules.vocabulary.suggestions import did_you_mean

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
    """Typer's own complaints, which are English, by their kinds."""
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        say(error.format_message())
        return 0
    name = _parameter(error)
    sentences = {
        "MissingParameter": f"缺少参数 {name}",
        "NoSuchOption": f"没有 {getattr(error, 'option_name', '')} 这个选项{_like_option(error)}",
        "BadParameter": f"参数 {name} 的值不对",
        "BadOptionUsage": f"选项 {getattr(error, 'option_name', '')} 的用法不对",
    }
    command = error.ctx.command_path if getattr(error, "ctx", None) else "gongkai"
    text = sentences.get(kind) or _unknown_command(error)
    say_error(f"{text}，没有执行任何操作，请用 {command} --help 查看用法。")
    return WRONG_INPUT


def _parameter(error: Any) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    return str(getattr(parameter, "metavar", None) or parameter.opts[0])


def _unknown_command(error: Any) -> str:
    words = str(error.message).split("'")
    if "command" not in words[0] or len(words) < 2:
        return "命令写法不对"
    known = getattr(getattr(error.ctx, "command", None), "commands", {}) if error.ctx else {}
    return f"没有“{words[1]}”这个命令{did_you_mean(words[1], known)}"


def _like_option(error: Any) -> str:
    command = error.ctx.command if getattr(error, "ctx", None) else None
    known = [
        option for each in getattr(command, "params", ()) for option in each.opts if option.startswith("--")
    ]
    return did_you_mean(getattr(error, "option_name", ""), [*known, "--help"])


def _report_unforeseen(error: Exception) -> int:
    from db.connect import DBAPIError  # only here: a help page needs no database
    from db.error_words import in_chinese

    if isinstance(error, DBAPIError):
        say_error(
            f"数据库操作失败，未完成的一步已撤销，此前的内容保留，请检查磁盘与权限后重试（{in_chinese(error)}）。"
        )
    elif isinstance(error, OSError):
        say_error(
            f"文件无法读写：{error.filename or ''}（{in_chinese(error)}），此前的内容保留，请检查路径、磁盘与权限。"
        )
    else:
        say_error("".join(traceback.format_exception(error)))
        say_error("程序内部出错，已保存的内容保留，请把上面的信息报告给开发者。")
    return OUR_FAILURE
