"""What the county's server says to one request."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from functools import cached_property
from hashlib import sha256

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Answer:
    """`modified` is the day the page was last made; without it the server sends no validators."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    modified: date | None = None
    headers: Headers = ()

    @cached_property
    def etag(self) -> str:
        return f'"{sha256(self.body).hexdigest()[:20]}"'

    @property
    def moment(self) -> datetime | None:
        """Last-Modified: early in the morning of the day, before anybody works."""
        return datetime.combine(self.modified, time(0, 30), UTC) if self.modified else None

    @cached_property
    def validators(self) -> Headers:
        if not self.moment:
            return ()
        return (("ETag", self.etag), ("Last-Modified", format_datetime(self.moment, usegmt=True)))
