"""Availability: one look at a site's home page and at neutral hosts, as a visitor would, with httpx."""

import time
from collections.abc import Iterator
from datetime import datetime

import httpx

from crawler.settings import USER_AGENT
from crawler.sites.hosts import Mirror, mirror_of
from db.recording.probes import Probe
from rules.vocabulary.places import Site

LONGEST = 30.0  # seconds


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
