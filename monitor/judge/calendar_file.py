"""Announced calendars beyond the library's: ./calendar.toml, or the file that GONGKAI_CALENDAR names."""

import os
from pathlib import Path

from crawler.sites.load import SITES
from rules.dates.announced_calendar import read_calendar
from rules.dates.workdays import OFFICIAL, Calendar
from rules.errors import WrongInput


def load_calendar(folder: Path = SITES.parent) -> Calendar:
    """The calendar to judge by; the official one where no file adds to it. Raises WrongInput (WrongCalendar)."""
    named = os.environ.get("GONGKAI_CALENDAR")
    path = Path(named) if named else folder / "calendar.toml"
    if not named and not path.is_file():
        return OFFICIAL
    try:
        return read_calendar(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise WrongInput(f"节假日文件 {path} 无法读取，请检查路径，并用 UTF-8 编码保存。") from None
