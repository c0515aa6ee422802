"""Evidence: every changed page kept as received, one gzipped WARC file each, found again by its SHA-256."""

import hashlib
import os
from datetime import datetime
from io import BytesIO
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.page.page import Page
from db.connect import Engine, sqlite_path
from db.plain_files import read_at_most, why_no_file
from db.private_files import place
from db.recording.pages import Snapshot
from rules.errors import GongkaiError

MOST_PACKED = 100_000_000  # bytes: beyond any page that is let in, however badly it packs
HOP = ("content-encoding", "transfer-encoding", "content-length")


def evidence_folder(engine: Engine) -> Path:
    """GONGKAI_EVIDENCE_DIR, or `evidence` beside a SQLite database, or ./evidence."""
    if named := os.environ.get("GONGKAI_EVIDENCE_DIR"):
        return Path(named)
    database = sqlite_path(engine)
    return (database.parent if database else Path()) / "evidence"


class LostEvidence(GongkaiError):
    """A kept page cannot be shown any more; the text says why, in Chinese."""


class SnapshotStore:
    """A folder of kept pages: <folder>/<site>/<first two of the hash>/<hash of address and body>.warc.gz."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, site: str, page: Page, fetched_at: datetime) -> Snapshot:
        """Keeps a page as it was received (decompressed), unless it is there already."""
        name = hashlib.sha256(page.url.encode() + b"\n" + page.body).hexdigest()
        path = Path(site, name[:2], f"{name}.warc.gz")
        target = self.folder / path
        packed = None if target.is_symlink() or why_no_file(target) else read_at_most(target, MOST_PACKED)
        if packed is None:
            packed = _record(page, fetched_at)
            place(target, packed)
        return Snapshot(
            page.url, path.as_posix(), _sha256(page.body), _sha256(packed), len(page.body),
            fetched_at,
        )  # fmt: skip

    def show(self, path: str, sha256: str, file_sha256: str) -> Page:
        """A kept page, proved to be the one that was seen. Raises LostEvidence."""
        kept = self._inside(path)
        try:
            packed = None if why_no_file(kept) else read_at_most(kept, MOST_PACKED)
        except OSError:
            packed = None
        if packed is None:
            raise LostEvidence("快照文件不在")
        if _sha256(packed) != file_sha256:
            raise LostEvidence("快照文件已被改动")
        try:
            page = _unpack(packed)
        except (ArchiveLoadFailed, ValueError, OSError, EOFError, StopIteration):
            raise LostEvidence("快照文件已损坏") from None
        if _sha256(page.body) != sha256:
            raise LostEvidence("快照内容与当时记录的校验值不符")
        return page

    def remove(self, path: str) -> None:
        """Drops a kept page that nothing leans on any more."""
        self._inside(path).unlink(missing_ok=True)

    def _inside(self, path: str) -> Path:
        """The place of a kept page, which is never outside the folder, whatever the database says."""
        if Path(path).is_absolute() or ".." in Path(path).parts:
            raise LostEvidence("快照路径不在证据目录之内")
        return self.folder / path


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _record(page: Page, fetched_at: datetime) -> bytes:
    headers = [(name, value) for name, value in page.headers.items() if name.lower() not in HOP]
    http = StatusAndHeaders(f"{page.status} ", headers, protocol="HTTP/1.1")
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    record = writer.create_warc_record(
        page.url, "response", payload=BytesIO(page.body), length=len(page.body), http_headers=http,
        warc_headers_dict={"WARC-Date": fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ")},
    )  # fmt: skip
    writer.write_record(record)
    return buffer.getvalue()


def _unpack(packed: bytes) -> Page:
    record = next(iter(ArchiveIterator(BytesIO(packed), check_digests="raise")))
    headers = {name.lower(): value for name, value in record.http_headers.headers}
    status = int(record.http_headers.get_statuscode() or 0)
    return Page(
        record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read(), status, headers
    )
