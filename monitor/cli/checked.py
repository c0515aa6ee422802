"""Options that are checked before any work begins."""

import os
from collections.abc import Callable
from pathlib import Path

from crawler.sites.office_files import LONGEST_SHOWN
from db.plain_files import why_no_file
from rules.errors import WrongInput
from rules.vocabulary.suggestions import did_you_mean

LONGEST_NAME = 255  # bytes of one name in a path


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
    if value is not None:
        refuse_no_website(value, "--at 的网址", "http://127.0.0.1:8000/")
    return value


def refuse_no_website(address: str, what: str, example: str) -> None:
    """Raises WrongInput of an address that is not asked even where its operator types it: none of the web's, or one at
    which no website stands (link-local, a cloud's metadata service)."""
    from crawler.fetching.destinations import NotAllowed, typed  # only where an address is given

    try:
        if not address.isprintable() or set(" \\") & set(address):
            raise NotAllowed(address, "bad_address")
        typed(address).check_url(address)
    except NotAllowed as refused:
        why = (
            f"无法识别，请写成 {example} 的形式"
            if refused.kind == "bad_address"
            else "是保留地址，不会有网站，请核对"
        )
        raise WrongInput(f"{what}“{address}”{why}，没有执行任何操作。") from None


def folder(value: Path | None) -> Path | None:
    """A check of --out: a folder that is there or can be made, and written into."""
    if value is None:
        return None
    try:
        nearest = next(place for place in (value, *value.absolute().parents) if os.path.lexists(place))
        usable = nearest.is_dir()
        named = all(len(os.fsencode(part)) <= LONGEST_NAME for part in value.parts)
    except (OSError, ValueError):  # NUL, half a surrogate pair
        named = False
    if not named:
        raise WrongInput(f"--out 的目录名“{str(value)[:LONGEST_SHOWN]}”不能用，没有执行任何操作。")
    if not usable:
        what = why_no_file(nearest) or "是文件"
        raise WrongInput(f"--out 应是目录，而 {nearest} {what}，没有执行任何操作。")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise WrongInput(f"--out 的目录 {value} 不能写入，请检查权限，没有执行任何操作。")
    return value
