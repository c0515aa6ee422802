"""What a night asks outside the crawl, with httpx: whether a site's home page opens, and whether outbound links do."""

import time
from collections.abc import Iterable, Iterator
from datetime import datetime

import httpx

from crawler.page.addresses import host_of
from crawler.settings import USER_AGENT
from crawler.sites.hosts import Mirror, mirror_of
from db.recording.checks import Probe
from rules.vocabulary.places import Site

LONGEST = 30.0  # seconds
LINK_TIMEOUT = 15.0
MOST = 100  # links tried a night and site
GONE = frozenset({404, 410})


def probe_site(site: Site, moment: datetime, at: str | None = None) -> Iterator[Probe]:
    """One Probe of the home page, then one of each neutral host (none where the site is read at a mirror)."""
    mirror = mirror_of(site, at) if at else None
    with httpx.Client(
        timeout=LONGEST,
        follow_redirects=mirror is None,
        headers={"User-Agent": USER_AGENT},
        verify=False,  # noqa: S501  (a bad certificate is not an outage)
    ) as client:
        yield _look(client, site.home, moment, mirror, neutral=False)
        if mirror is None:
            yield from (_look(client, url, moment, None, neutral=True) for url in site.crawling.neutral)


def _look(client: httpx.Client, url: str, moment: datetime, mirror: Mirror | None, *, neutral: bool) -> Probe:
    address = (mirror.to_mirror(url) or url) if mirror else url
    started = time.monotonic()
    try:
        status = client.get(address).status_code
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Probe(url, moment, time.monotonic() - started, None, type(error).__name__, neutral)
    return Probe(url, moment, time.monotonic() - started, status, "", neutral)


def try_links(urls: Iterable[str], delay: float = 1.0) -> Iterator[tuple[str, bool]]:
    """(address, whether it opens), one request a `delay` seconds to any one host. A refusal (403, 412, 5xx) or a
    slow answer is no death: many sites turn away programs and are open to citizens."""
    asked: dict[str, float] = {}
    with httpx.Client(
        timeout=LINK_TIMEOUT, follow_redirects=True, headers={"User-Agent": USER_AGENT},
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
