"""Typer's own complaints of how a command was written, which are English, as Chinese phrases that say what to write."""

import re
from typing import Any

from rules.vocabulary.suggestions import did_you_mean

NUMBERS = {int: "整数", float: "数字"}
EXTRA = re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)")


def usage_phrase(error: Any) -> str:
    """What is wrong, without what was done and where to look. `error`: one of typer's usage errors."""
    kind = type(error).__name__
    if kind == "MissingParameter":
        return f"缺少参数 {_name(error.param)}"
    if kind == "NoSuchOption":
        return f"没有 {error.option_name} 这个选项{did_you_mean(error.option_name, _options(error))}"
    if kind == "BadParameter":
        return f"参数 {_name(error.param)} 的值不对{_wanted(error.param)}"
    if kind == "BadOptionUsage":
        return _misused(error)
    if extra := EXTRA.fullmatch(error.message):
        return f"多写了参数 {'、'.join(extra[1].split())}，名称中有空格的请加引号"
    return _unknown_command(error)


def _name(parameter: Any) -> str:
    """How a user writes it: 站点, --rule 规则."""
    if parameter is None:
        return ""
    word = str(parameter.metavar or "")
    option = next((each for each in parameter.opts if each.startswith("--")), "")
    return f"{option} {word}".strip() or str(parameter.opts[0])


def _wanted(parameter: Any) -> str:
    """，应为不小于 1 的整数."""
    described = getattr(parameter, "type_descriptor", None)
    kind = NUMBERS.get(getattr(described, "annotation", None) or str, "")
    # An optional number's annotation is a union.
    kind = kind or next((word for each, word in NUMBERS.items() if each.__name__ in str(described)), "")
    bounds = bounds_of(parameter)
    return f"，应为{bounds}{' 的' if bounds else ''}{kind}" if kind else ""


def bounds_of(parameter: Any) -> str:
    """不小于 1、不大于 9; "" where it has no bounds."""
    least, most = getattr(parameter, "min", None), getattr(parameter, "max", None)
    told = [f"不小于 {least}"] if least is not None else []
    return "、".join([*told, f"不大于 {most}"] if most is not None else told)


def _misused(error: Any) -> str:
    """An option without the value that it needs, or with one that it does not take."""
    option = error.option_name
    parameter = next((each for each in _parameters(error) if option in each.opts), None)
    word = getattr(parameter, "metavar", None) or "值"
    if "requires" in error.message:
        return f"选项 {option} 后面没有写{word}"
    return f"选项 {option} 不带值，请去掉等号和后面的内容"


def _unknown_command(error: Any) -> str:
    words = str(error.message).split("'")
    if "command" not in words[0] or len(words) < 2:
        return "命令写法不对"
    known = getattr(getattr(error.ctx, "command", None), "commands", {}) if error.ctx else {}
    return f"没有“{words[1]}”这个命令{did_you_mean(words[1], known)}"


def _parameters(error: Any) -> list[Any]:
    return list(getattr(error.ctx.command, "params", ())) if getattr(error, "ctx", None) else []


def _options(error: Any) -> list[str]:
    known = [option for each in _parameters(error) for option in each.opts if option.startswith("--")]
    return [*known, "--help"]
