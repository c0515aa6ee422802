"""Whether a site's home page opens, looked at from outside the crawl, and whether neutral hosts do."""

import time
from collections.abc import Iterator
from datetime import datetime

from crawler.fetching.client import Client
from crawler.fetching.destinations import FetchFailed, destinations_of
from crawler.page.values import PageRequest
from crawler.sites.hosts import Mirror, mirror_of
from db.recording.checks import Probe
from rules.vocabulary.places import Site


def probe_site(site: Site, moment: datetime, at: str | None = None) -> Iterator[Probe]:
    """One Probe of the home page, then one of each neutral host (none where the site is read at a mirror)."""
    mirror = mirror_of(site, at) if at else None
    # A bad certificate is not an outage: the crawl tells of it.
    with Client(destinations_of(site, at), verify=False) as client:
        yield _look(client, site.home, moment, mirror, neutral=False)
        if mirror is None:
            yield from (_look(client, url, moment, None, neutral=True) for url in site.crawling.neutral)


def _look(client: Client, url: str, moment: datetime, mirror: Mirror | None, *, neutral: bool) -> Probe:
    address = (mirror.to_mirror(url) or url) if mirror else url
    started = time.monotonic()
    try:
        status = client.fetch(PageRequest(address), follow=mirror is None).status
    except FetchFailed as failed:
        return Probe(url, moment, time.monotonic() - started, None, failed.kind, neutral)
    return Probe(url, moment, time.monotonic() - started, status, "", neutral)
