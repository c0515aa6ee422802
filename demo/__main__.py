"""`python -m demo`: the false county in a browser, until Ctrl-C."""

import argparse
import sys
from datetime import date
from threading import Event
from typing import NoReturn

from demo.county import BULLETIN_DAY, County
from demo.server import serve

HELP = """用法：python -m demo [--port 端口] [--day 日期]
在本机打开虚构的演示县区网站，按 Ctrl-C 停止。
  --port 端口   默认任选一个空闲端口
  --day 日期    网站是哪一天的样子，默认 2023-07-03
"""


def main(arguments: list[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    try:
        with serve(County(asked.day), asked.port) as server:
            print(f"演示县区（{asked.day}）：{server.url}　按 Ctrl-C 停止。", flush=True)
            Event().wait()
    except KeyboardInterrupt:
        print("\n已停止。")
    except OSError as error:
        print(f"端口 {asked.port} 无法使用：{error.strerror}。请换一个端口，或不写 --port。", file=sys.stderr)
        return 1
    return 0


class _Parser(argparse.ArgumentParser):
    """argparse speaks English: its words are replaced, not translated."""

    def format_help(self) -> str:
        return HELP

    def error(self, message: str) -> NoReturn:
        reason = message.rpartition(": ")[2]
        self.exit(2, ("参数不对。" if reason.isascii() else f"参数不对：{reason}。") + f"\n{HELP}")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser()
    parser.add_argument("--port", type=_port, default=0)
    parser.add_argument("--day", type=_day, default=BULLETIN_DAY)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，应写成 2023-07-03") from None


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"“{text}”不是端口，应为 0 到 65535 的整数")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
