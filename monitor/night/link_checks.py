"""Trying outbound links: a few a night, slowly; only what certainly leads nowhere is dead."""

import time
from collections.abc import Iterable, Iterator

import httpx

from crawler.page.addresses import host_of
from crawler.settings import USER_AGENT

MOST = 100  # links tried a night and site
TIMEOUT = 15.0
GONE = frozenset({404, 410})


def try_links(urls: Iterable[str], delay: float = 1.0) -> Iterator[tuple[str, bool]]:
    """(address, whether it opens), one request a `delay` seconds to any one host. A refusal (403, 412, 5xx) or a
    slow answer is no death: many sites turn away programs and are open to citizens."""
    asked: dict[str, float] = {}
    with httpx.Client(
        timeout=TIMEOUT, follow_redirects=True, headers={"User-Agent": USER_AGENT},
        verify=False,  # noqa: S501  (a bad certificate is not a dead link)
    ) as client:  # fmt: skip
        for url in urls:
            host = host_of(url)
            time.sleep(max(0.0, asked.get(host, -delay) + delay - time.monotonic()) if host in asked else 0.0)
            asked[host] = time.monotonic()
            yield url, _opens(client, url)


def _opens(client: httpx.Client, url: str) -> bool:
    try:
        with client.stream("GET", url) as response:
            return response.status_code not in GONE
    except httpx.TimeoutException:
        return True
    except (httpx.HTTPError, httpx.InvalidURL):
        return False
