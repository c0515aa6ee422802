"""A dead-man's switch: after each night an address of the office's monitoring is asked for, and it raises the alarm when that
stays out. The address is a secret (whoever knows it can keep the alarm silent) and is never printed."""

import os

from crawler.fetching.client import Client
from crawler.fetching.destinations import FetchFailed, typed
from crawler.page.values import PageRequest
from monitor.terminal import say_error

LONGEST = 20.0  # seconds
MOST_BYTES = 100_000


def beat() -> None:
    """Asks for GONGKAI_HEARTBEAT_URL, if it is set: a night was run to its end. That nobody answers is said, and harms nothing."""
    address = os.environ.get("GONGKAI_HEARTBEAT_URL", "").strip()
    if not address:
        return
    try:
        with Client(typed(address), seconds=LONGEST, most_bytes=MOST_BYTES) as client:
            status = client.fetch(PageRequest(address)).status
    except FetchFailed as failed:
        say_error(
            f"GONGKAI_HEARTBEAT_URL 没有回应（{failed.kind}），夜间任务不受影响，请检查监控系统或这个地址。"
        )
        return
    if status >= 400:
        say_error(f"GONGKAI_HEARTBEAT_URL 回答了 {status}，夜间任务不受影响，请检查监控系统或这个地址。")
