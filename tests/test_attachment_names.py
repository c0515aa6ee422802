"""What format an attachment has: its address may not tell, its name or the answer's head may."""

import pytest
from scrapy.http import Response

from crawler.page.values import Attachment
from crawler.spiders.articles import named

DOWNLOAD = "https://www.mou.example/system/_content/download.jsp?urltype=news.DownloadAttachUrl&wbfileid=7"


@pytest.mark.parametrize(
    ("url", "name", "disposition", "told"),
    [
        ("https://www.mou.example/a.docx", "名单", "", ".docx"),
        ("https://www.mou.example/a.docx?v=1.2", "名单.pdf", 'attachment; filename="b.txt"', ".docx"),
        (DOWNLOAD, "发放名单.XLSX", "", ".xlsx"),
        (DOWNLOAD, "//[发放名单.xlsx", "", ".xlsx"),
        (DOWNLOAD, "发放名单", 'attachment; filename="list.docx"', ".docx"),
        (DOWNLOAD, "发放名单", "attachment; filename=list.pdf; size=9", ".pdf"),
        (DOWNLOAD, "发放名单", "attachment; filename*=UTF-8''%E5%90%8D%E5%8D%95.docx", ".docx"),
        (DOWNLOAD, "1. 发放名单", "inline", None),
        (DOWNLOAD, "发放名单.wps", 'attachment; filename="list.wps"', None),
    ],
)
def test_the_first_name_that_tells_a_format_we_read(
    url: str, name: str, disposition: str, told: str | None
) -> None:
    response = Response(url, headers={"Content-Disposition": disposition})
    assert named(Attachment(name, url), response) == (f"attachment{told}" if told else url)
