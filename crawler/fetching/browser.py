"""The last resort for a list that only a script fills: a headless browser, one page at a time, few and short.

Needs the extra `browser` (scrapy-playwright) and a Chromium on the machine; GONGKAI_CHROMIUM names it where it
is not on the PATH. A JSON endpoint (`[columns.api]`) is always better."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from crawler.sites.hosts import Mirror
from rules.errors import WrongInput
from rules.vocabulary.places import Column

HANDLER = "crawler.fetching.browser_handler.BrowserHandler"
NAMES = ("chromium", "chromium-browser", "google-chrome")
MILLISECONDS = 20_000
MOST_PAGES = 60
HEAVY = frozenset({"image", "media", "font"})
ARGUMENTS = [
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No connection of a page's own making past the proxy.
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
]


def chromium() -> str | None:
    """The path of a Chromium, if the machine has one."""
    named = os.environ.get("GONGKAI_CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


def needs_browser(columns: Iterable[Column]) -> bool:
    """Whether a column asks for a browser. Raises WrongInput where there is none to be had."""
    wanted = [column for column in columns if column.browser and not column.endpoint]
    if wanted and not (find_spec("scrapy_playwright") and chromium()):
        raise WrongInput(
            f"栏目“{'›'.join(wanted[0].path)}”要求用浏览器读取，而本机没有安装，没有开始采集，"
            "请安装 gongkai[browser] 与 Chromium，或改用 [columns.api] 接口。"
        )
    return bool(wanted)


# Chromium's sandbox is made of a user namespace of its own; the child tries for one as Chromium would.
_TRY_NAMESPACE = "import ctypes, sys; sys.exit(ctypes.CDLL(None).unshare(0x10000000) != 0)"
SETUID_HELPER = "chrome-sandbox"


def why_no_sandbox() -> str:
    """Why Chromium cannot run in its sandbox here, a Chinese phrase; "" where it can."""
    if os.geteuid() == 0:
        return "本程序以 root 身份运行，请改用普通用户"
    if sys.platform != "linux" or _has_setuid_helper(Path(chromium() or "")):
        return ""
    tried = subprocess.run([sys.executable, "-c", _TRY_NAMESPACE], check=False, capture_output=True)  # noqa: S603
    return "本机或容器不允许普通用户建立命名空间（user namespace），请放开" if tried.returncode else ""


def _has_setuid_helper(browser: Path) -> bool:
    """Old systems: a program beside the browser that is root for a moment."""
    helper = browser.resolve().with_name(SETUID_HELPER)
    return helper.is_file() and bool(helper.stat().st_mode & stat.S_ISUID)


def browser_settings(*, sandbox: bool) -> dict[str, Any]:
    """Scrapy's settings for the browser: one context, one page, a time limit, nothing heavy loaded. Playwright runs
    Chromium without its sandbox unless it is told otherwise."""
    launch = {"executable_path": chromium(), "args": ARGUMENTS, "chromium_sandbox": sandbox}
    return {
        "DOWNLOAD_HANDLERS": {"http": HANDLER, "https": HANDLER},
        "PLAYWRIGHT_LAUNCH_OPTIONS": launch,
        "PLAYWRIGHT_MAX_CONTEXTS": 1,
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 1,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": MILLISECONDS,
        "PLAYWRIGHT_ABORT_REQUEST": is_heavy,
    }


def is_heavy(request: Any) -> bool:
    return request.resource_type in HEAVY


def browser_meta(mirror: Mirror | None) -> dict[str, Any]:
    """A request's meta that has a browser open it, and waits until its scripts have fetched their data."""
    from scrapy_playwright.page import PageMethod

    meta: dict[str, Any] = {
        "playwright": True,
        "playwright_page_methods": [PageMethod("wait_for_load_state", "networkidle", timeout=MILLISECONDS)],
    }
    if mirror:
        meta["playwright_page_init_callback"] = Rerouted(mirror)
    return meta


class Rerouted:
    """What the page's scripts ask of the live site is fetched at the mirror; all else is refused."""

    def __init__(self, mirror: Mirror) -> None:
        self._mirror = mirror

    async def __call__(self, page: Any, _request: Any) -> None:
        await page.route("**/*", self._reroute)

    async def _reroute(self, route: Any) -> None:
        address = self._mirror.to_mirror(route.request.url)
        if address is None or is_heavy(route.request):
            await route.abort()
        else:
            await route.fulfill(response=await route.fetch(url=address))
