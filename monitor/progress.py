"""How far a long command is, on standard error: phase by phase, with what is done, how long it took and what is left."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from crawler.settings import LONGEST_WAITED
from monitor import terminal

# Goes one step on within a phase.
Step = Callable[[], None]
# Begins a phase with its name and number of steps; the phase before it is over.
Begin = Callable[[str, int], Step]

# Seconds between two lines of one phase where there is no terminal (cron, a log file).
EVERY = 60.0


@contextmanager
def waiting(source: str) -> Iterator[None]:
    """Says on a terminal what is being waited for, as long as that takes."""
    if not terminal.err.is_terminal:
        yield
        return
    words = f"正在等待 {source} 回应，每次请求最多 {LONGEST_WAITED:.0f} 秒……"
    with terminal.err.status(terminal.plain(words)):
        yield


@contextmanager
def progress() -> Iterator[Begin]:
    """Live bars on a terminal; elsewhere a line a minute and one at the end of each phase."""
    with _bars() if terminal.err.is_terminal else _lines() as begin:
        yield begin


@contextmanager
def _bars() -> Iterator[Begin]:
    # Only here: few commands take long.
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    words = (TextColumn(text, markup=False) for text in ("{task.description}", "已用", "约余"))
    name, spent, left = words
    bar = (name, BarColumn(), MofNCompleteColumn(), spent, TimeElapsedColumn(), left, TimeRemainingColumn())
    with Progress(*bar, console=terminal.err) as shown:

        def begin(label: str, total: int) -> Step:
            task = shown.add_task(str(terminal.plain(label)), total=total)
            return lambda: shown.advance(task)

        yield begin


@dataclass(slots=True)
class _Phase:
    """One phase where lines are printed; moments are of the monotonic clock."""

    label: str
    total: int
    begun: float
    said: float
    done: int = 0

    def step(self) -> None:
        self.done += 1
        now = time.monotonic()
        if now - self.said >= EVERY and self.done < self.total:
            self.said = now
            spent = now - self.begun
            left = spent / self.done * (self.total - self.done)
            terminal.say_error(
                f"{self.label}：{self.done}/{self.total}，已用 {_shown(spent)}，约余 {_shown(left)}。"
            )

    def end(self) -> None:
        terminal.say_error(
            f"{self.label}：{self.done}/{self.total}，用时 {_shown(time.monotonic() - self.begun)}。"
        )


@contextmanager
def _lines() -> Iterator[Begin]:
    phases: list[_Phase] = []

    def end() -> None:
        if phases:
            phases.pop().end()

    def begin(label: str, total: int) -> Step:
        end()
        now = time.monotonic()
        phases.append(_Phase(label, total, now, now))
        return phases[-1].step

    try:
        yield begin
    finally:
        end()


def _shown(seconds: float) -> str:
    """45 秒, 12 分, 3 小时 5 分."""
    minutes = round(seconds / 60)
    if minutes < 2:
        return f"{seconds:.0f} 秒"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} 小时 {minutes} 分" if hours else f"{minutes} 分"
