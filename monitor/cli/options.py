"""What the commands' arguments share: their Chinese help, and words made into values."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.checked import folder, mirror, one_of
from monitor.clock import shanghai_now
from rules.dates.periods import Period, parse_period
from rules.errors import WrongInput, WrongPeriod

SiteArgument = Annotated[
    str, typer.Argument(metavar="站点", help="站点文件的路径，或 sites/ 下的名称，如 zhecheng")
]
PeriodArgument = Annotated[str, typer.Argument(metavar="时段", help="如 2023Q2、2023-04、2023")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="日期", help="视为哪一天，如 2023-07-03；默认今天")
]
At = Annotated[
    str | None, typer.Option("--at", metavar="网址", help="在另一个地址（镜像）上读取本站点", callback=mirror)
]
Out = Annotated[
    Path,
    typer.Option("--out", metavar="目录", help="存放文件的目录，其中每个时段一个子目录", callback=folder),
]
Overwrite = Annotated[bool, typer.Option("--force", help="覆盖已有的同名文件")]
FailOnFinding = Annotated[
    str | None,
    typer.Option(
        "--fail-on", metavar="finding", help="有未豁免的问题时退出码为 1", callback=one_of("finding")
    ),
]
Json = Annotated[bool, typer.Option("--json", help="以 JSON 输出")]


# Days that a monitor of websites may be asked about: anything else is a slip, and no quarter lies before the first year.
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


def day(text: str | None, default: date | None = None) -> date:
    """A day written 2023-07-03; not given, the default or today. Raises WrongInput."""
    if text is None:
        return default or shanghai_now().date()
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise WrongInput(f"日期“{text}”{_meant(text)}，请写成 2023-07-03 的形式。") from None
    if not EARLIEST <= found <= LATEST:
        raise WrongInput(f"日期“{text}”应在 {EARLIEST.year} 年至 {LATEST.year} 年之间，请核对。")
    return found


def day_so_far(text: str | None) -> date:
    """The day under which something is entered: today, or one that is over. Raises WrongInput."""
    found, today = day(text), shanghai_now().date()
    if found > today:
        raise WrongInput(
            f"日期 {found:%Y-%m-%d} 在今天（{today:%Y-%m-%d}）之后，没有执行任何操作，请核对 --as-of。"
        )
    return found


def _meant(text: str) -> str:
    """What is wrong with a day: 2023年7月3日 and 2023/7/3 with how they are to be written, 30 February as no day at all."""
    match = re.fullmatch(r"\s*(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})\s*日?\s*", text)
    if not match:
        return "无法识别"
    try:
        meant = date(*map(int, match.groups()))
    except ValueError:
        return "不存在，请核对月和日"
    return f"无法识别，是否要写 {meant:%Y-%m-%d}"


def period_by(text: str, today: date) -> Period:
    """A period that has begun by a day. Raises WrongPeriod."""
    period = parse_period(text, today)
    refuse_future(period, today)
    return period


def refuse_future(period: Period, today: date) -> None:
    """Raises WrongPeriod of a period that has not begun by a day."""
    if period.start > today:
        raise WrongPeriod(
            f"时段 {period.key}（{period.title}）还没有开始，今天按 {today:%Y-%m-%d} 计，请核对时段或 --as-of。"
        )
