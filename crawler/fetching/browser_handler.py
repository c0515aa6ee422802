"""The download handler of crawls that need a browser (imported only where scrapy-playwright is installed)."""

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from crawler.fetching.checked_proxy import CheckedProxy
from crawler.fetching.network import MirrorHandler, PatientHandler, check_destination, checked_resolver
from crawler.fetching.patience import NotAsked
from crawler.page.addresses import host_of


class _PlainHandler(MirrorHandler):
    """Requests without a browser: at the mirror if there is one."""

    async def download_request(self, request: Request) -> Response:
        if self._crawler.settings.get("GONGKAI_MIRROR") is None:
            return await PatientHandler.download_request(self, request)
        return await super().download_request(request)


class BrowserHandler(ScrapyPlaywrightDownloadHandler, _PlainHandler):  # type: ignore[misc]
    """A browser for the requests that ask for one, the plain handler for the others. The browser asks everything through a
    proxy of ours, which connects to checked addresses alone."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._proxy = CheckedProxy(checked_resolver().hosts)

    async def _maybe_launch_browser(self) -> None:
        if not self._proxy.address:
            await self._proxy.start()
            self.config.launch_options["proxy"] = {"server": self._proxy.address}
        await super()._maybe_launch_browser()

    async def download_request(self, request: Request) -> Response:
        if not request.meta.get("playwright"):
            return await super().download_request(request)
        if self._crawler.settings.get("GONGKAI_MIRROR") is None:
            await check_destination(request)
        self._proxy.refused = ""
        await self._turn(request.url)
        try:
            return await super().download_request(request)
        except Exception:  # the browser only knows that nothing came
            if kind := self._proxy.refused:
                raise NotAsked(request.url, kind) from None
            raise
        finally:
            self._sent(host_of(request.url))
