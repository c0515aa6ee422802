"""Checking what a document holds, within as much processor time as a document may take: its parsing is bounded elsewhere
(`crawler.documents.sandbox`), but what its tables and sentences say is compared in this process."""

from collections.abc import Callable

from crawler.page.budget import Read, TooCostly, within_time
from rules.errors import WrongInput

# Seconds of processor time: the papers of a whole county take three hundredths of one.
LONGEST_CHECK = 1.0


def check_bounded(check: Callable[[], Read]) -> Read:
    """What `check` comes to; it must neither write nor await. Raises WrongInput where it takes longer."""
    try:
        return within_time(check, LONGEST_CHECK)
    except TooCostly:
        raise WrongInput("文件里的表格或文字过多，核对超时，已停止核对，请拆分后分别核对。") from None
