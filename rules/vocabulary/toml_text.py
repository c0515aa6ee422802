"""TOML that the office writes: site files, schemes, calendars. Every fault is one Chinese sentence."""

import re
import tomllib
from collections.abc import Callable
from typing import Any

from rules.errors import WrongInput

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
LONGEST = 5_000_000  # characters; those of a county of 800 columns take 300,000
# Parts of a key joined by dots: tomllib takes memory and time with the square of their number.
MOST_PARTS = 20
_QUOTED = re.compile(r"""\"(?:[^"\\\n]++|\\.)*+"?|'[^'\n]*+'?""")
_LONG_KEY = re.compile(rf"(?<![\w-])[\w-]++(?:[ \t]*+\.[ \t]*+[\w-]++){{{MOST_PARTS}}}")


def parse_toml(
    text: str, what: str, wrong: type[WrongInput] = WrongInput, parse_float: Callable[[str], Any] = float
) -> dict[str, Any]:
    """The table of a text. Raises `wrong`, which names it as `what` (“站点文件 x.toml”)."""
    if len(text) > LONGEST:
        raise wrong(f"{what} 超过 {LONGEST // 10_000} 万字，没有读取，请检查内容。")
    if _LONG_KEY.search(_QUOTED.sub("q", text)):
        raise wrong(f"{what} 不是正确的 TOML：有一个键由 {MOST_PARTS} 段以上组成。")
    try:
        return tomllib.loads(text, parse_float=parse_float)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        where = f"第 {place[1]} 行第 {place[2]} 列" if place else "文件末尾"
        raise wrong(f"{what} 不是正确的 TOML：{where}写法不对。") from None
    except (ValueError, ArithmeticError):  # a number of thousands of digits, an exponent of as many
        raise wrong(f"{what} 不是正确的 TOML：有过长的数字。") from None
    except RecursionError:
        raise wrong(f"{what} 不是正确的 TOML：括号套得太深。") from None
