"""Scrapy's settings. What a site file may change (delay, timeout, robots) is laid over them by `crawler.run`."""

from importlib.metadata import version
from typing import Any

BOT_NAME = "gongkai"
SPIDER_MODULES = ["crawler.spiders"]
USER_AGENT = f"gongkai/{version('gongkai')} (government disclosure monitor)"

ROBOTSTXT_OBEY = True
ROBOTSTXT_PARSER = "crawler.fetching.bounds.BoundedRobots"
CONCURRENT_REQUESTS_PER_DOMAIN = 1
# What was asked for comes and is held in memory while a page before it is read: few wait at once, whatever hosts they are of.
CONCURRENT_REQUESTS = 3
DOWNLOAD_DELAY_JITTER = 0
DOWNLOAD_DELAY = 1.0
# Whoever stands between us and the site could put any list in its place; Scrapy's default is not to look.
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
RETRY_TIMES = 2
REDIRECT_MAX_TIMES = 6
COOKIES_ENABLED = True
HTTPCACHE_ENABLED = False
# Scrapy starts so many tasks for what each answer yields, whether it is needed or not; one page is one item here, and
# a hundred tasks (its default) cost more processor time than fetching the page does.
CONCURRENT_ITEMS = 1
# Neither the depth of a request nor the length of its address is limited, nobody asks which requests were the first: nothing
# to be looked at in every answer.
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
}
# No user name or password is ever sent, and no spider has a list of domains: what may be asked is decided before.
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "crawler.fetching.bounds.HeadMetaRefresh": 580,
    # After the one that asks again: what was given up is not.
    "crawler.fetching.network.GivenUpHosts": 600,
}

DOWNLOAD_HANDLERS = {
    "http": "crawler.fetching.network.PatientHandler",
    "https": "crawler.fetching.network.PatientHandler",
}
# Connects only to addresses that were checked (GONGKAI_DESTINATIONS).
TWISTED_DNS_RESOLVER = "crawler.fetching.checked_resolver.CheckedResolver"
EXTENSIONS = {"crawler.fetching.network.CrawlDelay": 0}
LOG_FORMATTER = "crawler.fetching.log_format.AddressesOnly"
ITEM_PIPELINES = {"crawler.spiders.pipelines.RecordingPipeline": 100}

TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
LOG_LEVEL = "ERROR"
LOG_INSTALL_ROOT_HANDLER = False  # crawler.fetching.masked_log is
LOGSTATS_INTERVAL = 0


# Seconds for one request that somebody at a desk waits for, redirects and all.
LONGEST_WAITED = 20.0


def waited_settings(timeout: float) -> dict[str, Any]:
    """What changes where somebody waits for the crawl: what did not come in time is not asked for again."""
    from scrapy.settings.default_settings import RETRY_EXCEPTIONS

    again = [one for one in RETRY_EXCEPTIONS if one != "scrapy.exceptions.DownloadTimeoutError"]
    return {"DOWNLOAD_TIMEOUT": timeout, "RETRY_EXCEPTIONS": again}


def mirror_settings(mirror: object) -> dict[str, Any]:
    """What changes where a live site is read at a `crawler.sites.hosts.Mirror`."""
    handler = "crawler.fetching.network.MirrorHandler"
    return {"DOWNLOAD_HANDLERS": {"http": handler, "https": handler}, "GONGKAI_MIRROR": mirror}
