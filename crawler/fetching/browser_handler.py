"""The download handler of crawls that need a browser (imported only where scrapy-playwright is installed)."""

from scrapy import Request
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from crawler.fetching.network import MirrorHandler, PatientHandler


class _PlainHandler(MirrorHandler):
    """Requests without a browser: at the mirror if there is one."""

    async def download_request(self, request: Request) -> Response:
        if self._crawler.settings.get("GONGKAI_MIRROR") is None:
            return await PatientHandler.download_request(self, request)
        return await super().download_request(request)


class BrowserHandler(ScrapyPlaywrightDownloadHandler, _PlainHandler):  # type: ignore[misc]
    """A browser for the requests that ask for one, the plain handler for the others."""
