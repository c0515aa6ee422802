"""Commands found in a table and imported when called, with help pages in Chinese: Typer's own words are English and
cannot be set, but for a few."""

import re
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from monitor.cli.usage_errors import bounds_of
from rules.errors import WrongInput

# A name → the line that says what it does, and "module:function" below COMMANDS, or the commands of a group.
Table = Mapping[str, "tuple[str, str | Table]"]
COMMANDS = "monitor.cli.commands"

EMPTY_OPTION = re.compile(r"--[\w-]+=\s*")
OPTIONS, SUBCOMMAND = "[选项]", "命令 [参数]..."
# What Typer lets a program set of its help pages' words: names in typer.rich_utils.
WORDS = {
    "ARGUMENTS_PANEL_TITLE": "参数",
    "OPTIONS_PANEL_TITLE": "选项",
    "COMMANDS_PANEL_TITLE": "命令",
    "REQUIRED_LONG_STRING": "［必填］",
    "DEFAULT_STRING": "［默认：{}］",
}


class _InChinese:
    """What a command says of itself beside its own text."""

    collect_usage_pieces: Any
    options_metavar: str | None

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        self.options_metavar = OPTIONS
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def format_help(self, ctx: Any, formatter: Any) -> None:
        from typer import rich_utils  # only for a help page: it brings a Markdown parser

        for name, word in WORDS.items():
            setattr(rich_utils, name, word)
        super().format_help(ctx, formatter)  # type: ignore[misc]

    def get_params(self, ctx: Any) -> list[Any]:
        params = list(super().get_params(ctx))  # type: ignore[misc]
        for each in params:
            _without_types(each)
        return params

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "显示本说明"
        return option


def _without_types(parameter: Any) -> None:
    """Shows of a parameter the word for its value, not the type of Python that it becomes (<bool>, <str>)."""
    word = parameter.metavar if parameter.param_type_name == "option" else None
    parameter.display_type_rich = lambda **_: word or ""
    parameter._get_number_range_help_str = lambda: bounds_of(parameter)


class Command(_InChinese, TyperCommand):
    """A command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Refuses empty words, which a shell makes of a variable that is not set: an empty unit would mean all of them,
        an empty folder this one."""
        if any(not word.strip() or EMPTY_OPTION.fullmatch(word) for word in args):
            raise WrongInput(
                f"有一个参数是空的，没有执行任何操作，请核对命令，或用 {ctx.command_path} --help 查看用法。"
            )
        try:
            return list(super().parse_args(ctx, args))
        except Exception as error:
            if getattr(error, "ctx", ctx) is None:  # Typer does not say of which command it complains
                error.ctx = ctx  # type: ignore[attr-defined]
            raise


class Listed(Command):
    """A command as a help page lists it; its module is imported by `loaded`, when it is called."""

    def __init__(self, name: str, line: str, place: str) -> None:
        super().__init__(name, help=line)
        self.place = place

    def loaded(self) -> Any:
        module, function = self.place.split(":")
        alone = typer.Typer(add_completion=False)
        alone.command(self.name, cls=Command)(getattr(import_module(f"{COMMANDS}.{module}"), function))
        return get_command(alone)


class Group(_InChinese, TyperGroup):
    """A group of commands, groups within it."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        self.subcommand_metavar = SUBCOMMAND
        return list(super().collect_usage_pieces(ctx))

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        name, command, rest = super().resolve_command(ctx, args)
        return name, command.loaded() if isinstance(command, Listed) else command, rest


def group(name: str, about: str, table: Table) -> Group:
    """The group of a table's commands."""
    commands: dict[str, Any] = {
        each: Listed(each, line, what) if isinstance(what, str) else group(each, line, what)
        for each, (line, what) in table.items()
    }
    return Group(
        name=name,
        help=about,
        commands=commands,
        no_args_is_help=True,
        context_settings={"help_option_names": ["--help", "-h"]},
    )
