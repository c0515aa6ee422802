"""Putting words into a Word template. An office's own template is a file like any other: it is opened and filled in a bounded
child process, for what it holds may unfold to gigabytes, and what stands in its {{ }} and {% %} may run for ever."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from crawler.documents.office_archive import office_kind
from crawler.documents.sandbox import Limits, ParserStopped, run_bounded
from crawler.sites.office_files import read_bytes
from monitor.bulletin.word_template import TEMPLATE
from rules.errors import WrongInput

# Of one XML part, before and after filling: a letter of a few pages takes a tenth of it, and the whole is opened, styled and
# compared in this process too.
MOST_XML = 2_000_000
MOST_UNPACKED = 20_000_000  # bytes of all parts: a letterhead and a seal
# A bulletin's text has some fifty paragraphs; every one is styled, read back and compared.
MOST_PARAGRAPHS, MOST_ELEMENTS = 400, 20_000
LIMITS = Limits(processor=2.0)
LONGEST_WHY = 200


def fill_words(template: Path, words: Mapping[str, str]) -> bytes:
    """A template (.docx) with the words in it, as a file. Raises WrongInput where it cannot be read or filled."""
    body = read_bytes(template, "通报模板")
    try:
        if template == TEMPLATE:
            return _filled(body, words)
        return b64decode(run_bounded(pack_filled, body, dict(words), limits=LIMITS))
    except (WrongInput, ParserStopped) as error:
        why = str(error).split("，请")[0].rstrip("。")[:LONGEST_WHY]
        raise WrongInput(
            f"通报模板 {template} 无法套用（{why}），没有写入任何文件，可用的词见 docs/bulletin.md。"
        ) from None


def pack_filled(body: bytes, words: Mapping[str, str]) -> str:
    """In the child: the filled file, in letters that JSON takes."""
    _check(body)
    made = _filled(body, words)
    _check(made)
    return b64encode(made).decode()


def _check(body: bytes) -> None:
    if office_kind(body, MOST_XML, MOST_UNPACKED) != "docx":
        raise WrongInput("不是 Word 文件")


def _filled(body: bytes, words: Mapping[str, str]) -> bytes:
    from docx.opc.exceptions import OpcError
    from docxtpl import DocxTemplate  # type: ignore[import-untyped]
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment
    from lxml.etree import XMLSyntaxError

    made = BytesIO()
    try:
        paper = DocxTemplate(BytesIO(body))
        paper.render(dict(words), jinja_env=SandboxedEnvironment(undefined=StrictUndefined), autoescape=True)
        if not paper.docx.paragraphs or not paper.docx.sections:
            raise WrongInput("其中没有正文或页面设置")
        if len(paper.docx.paragraphs) > MOST_PARAGRAPHS or _elements(paper.docx) > MOST_ELEMENTS:
            raise WrongInput(f"其中超过 {MOST_PARAGRAPHS} 段，或表格过大")
        paper.save(made)
    except TemplateError as error:
        raise WrongInput(str(error)) from None
    except (TypeError, ArithmeticError, RecursionError) as error:
        raise WrongInput("其中的算式不能计算") from error
    except (OpcError, XMLSyntaxError, OSError, KeyError, ValueError, AttributeError) as error:
        raise WrongInput("已损坏，或不是 Word 文件") from error
    return made.getvalue()


def _elements(document: Any) -> int:
    return sum(1 for _ in document.element.iter())
