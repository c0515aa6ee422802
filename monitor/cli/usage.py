"""The help pages in Chinese: Typer's own words are English and cannot be set, but for a few."""

from typing import Any

import typer
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
rich_utils.OPTIONS_PANEL_TITLE = "选项"
rich_utils.COMMANDS_PANEL_TITLE = "命令"
rich_utils.REQUIRED_LONG_STRING = "［必填］"
rich_utils.DEFAULT_STRING = "［默认：{}］"

OPTIONS, SUBCOMMAND = "[选项]", "命令 [参数]..."


class _InChinese:
    """What a command says of itself beside its own text."""

    collect_usage_pieces: Any
    options_metavar: str | None

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        self.options_metavar = OPTIONS
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "显示本说明"
        return option


class Command(_InChinese, TyperCommand):
    """A command."""


class Group(_InChinese, TyperGroup):
    """A command with commands of its own."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        self.subcommand_metavar = SUBCOMMAND
        return list(super().collect_usage_pieces(ctx))


def group(about: str) -> typer.Typer:
    """An empty group of commands; they are added with `cls=Command`."""
    return typer.Typer(
        cls=Group,
        help=about,
        no_args_is_help=True,
        add_completion=False,
        context_settings={"help_option_names": ["--help", "-h"]},
        pretty_exceptions_enable=False,
    )
