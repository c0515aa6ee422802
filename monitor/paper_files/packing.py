"""Office files of the same content made the same bytes, so that a file's hash says something."""

import re
import zipfile
from datetime import UTC, date, datetime, time
from pathlib import Path

STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(<)")


def pack(path: Path, day: date) -> None:
    """Rewrites a docx or xlsx with every moment in it set to the beginning of a day."""
    when = datetime.combine(day, time(), UTC)
    moment = f"{when:%Y-%m-%dT%H:%M:%SZ}".encode()
    with zipfile.ZipFile(path) as old:
        parts = [(name, old.read(name)) for name in old.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, when.timetuple()[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            if name == "docProps/core.xml":
                new.writestr(entry, STAMP.sub(rb"\g<1>" + moment + rb"\g<3>", content))
            else:
                new.writestr(entry, content)
