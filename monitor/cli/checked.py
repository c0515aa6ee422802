"""Options that are checked before any work begins."""

import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from rules.errors import WrongInput
from rules.vocabulary.suggestions import did_you_mean


def one_of(*words: str) -> Callable[[str | None], str | None]:
    """A check of --fail-on: one of these words, or not given."""

    def checked(value: str | None) -> str | None:
        if value is not None and value not in words:
            raise WrongInput(
                f"--fail-on 只能是 {'、'.join(words)}，现为“{value}”{did_you_mean(value, words)}，没有执行任何操作。"
            )
        return value

    return checked


def mirror(value: str | None) -> str | None:
    """A check of --at: the address of a site on the web."""
    if value is None:
        return None
    try:
        parts = urlsplit(value)
        good = (
            parts.scheme in ("http", "https")
            and parts.hostname
            and parts.port != 0
            and "@" not in parts.netloc
        )
    except ValueError:
        good = False
    if not good or not value.isprintable() or set(" \\") & set(value):
        raise WrongInput(
            f"--at 的网址“{value}”无法识别，请写成 http://127.0.0.1:8000/ 的形式，没有执行任何操作。"
        )
    return value


def folder(value: Path | None) -> Path | None:
    """A check of --out: a folder that is there or can be made, and written into."""
    if value is None:
        return None
    nearest = next(place for place in (value, *value.absolute().parents) if place.exists())
    if not nearest.is_dir():
        raise WrongInput(f"--out 应是目录，而 {nearest} 是文件，没有执行任何操作。")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise WrongInput(f"--out 的目录 {value} 不能写入，请检查权限，没有执行任何操作。")
    return value
