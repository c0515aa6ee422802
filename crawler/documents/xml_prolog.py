"""What stands before the first element of an XML part: a document type brings entities, which unfold to gigabytes or name
files of this machine. Office files have none."""

from typing import IO
from xml.parsers import expat

CHUNK = 65_536
_MARKS = b"\xef\xbb\xbf\xff\xfe\xfe\xff\0 \t\r\n"
_EBCDIC = b"\x4c\x6f\xa7\x94"  # <?xm, which libxml2 reads
_WORDS = (b"<!DOCTYPE", b"<!ENTITY")


class _Told(Exception):
    """The first element, or a document type before it."""


def is_xml(begin: bytes) -> bool:
    """Whether a part is XML by its first bytes, whatever it is called."""
    return begin.lstrip(_MARKS).startswith(b"<") or begin.startswith(_EBCDIC)


def brings_entities(part: IO[bytes]) -> bool:
    """Whether a document type is declared, after however long a comment and in whatever encoding. What Expat cannot read
    is taken for one where its bytes name one, or where they are in an encoding that Expat does not know."""
    found: list[bool] = []

    def tell(entities: bool) -> None:
        found.append(entities)
        raise _Told

    # Only the prolog is read: the first element ends it.
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: tell(True)
    parser.StartElementHandler = lambda *_: tell(False)
    read = b""
    try:
        while chunk := part.read(CHUNK):
            read = read[-len(_WORDS[0]) :] + chunk
            parser.Parse(chunk, False)
    except _Told:
        return found[0]
    except (expat.ExpatError, ValueError, LookupError) as error:
        return _names_one(read + part.read(), getattr(error, "code", None))
    return False


def _names_one(rest: bytes, code: int | None) -> bool:
    unknown = rest.startswith(_EBCDIC) or code in (
        None,
        *(expat.errors.codes[why] for why in _ENCODING_ERRORS),
    )
    return unknown or any(word in rest.replace(b"\0", b"") for word in _WORDS)


_ENCODING_ERRORS = (expat.errors.XML_ERROR_UNKNOWN_ENCODING, expat.errors.XML_ERROR_INCORRECT_ENCODING)
