"""Word templates whose words run: loops without end, texts and numbers without bounds, ways out of the sandbox, odd structure."""

from collections.abc import Callable, Mapping

from tests.hostile_files.archives import bomb, packed, sound_word
from tests.hostile_files.word_files import word

SOUND = "{{ 层级 }}府办通报{{ 信息总数 }}条"


def saying(*paragraphs: str) -> bytes:
    escaped = (each.replace("&", "&amp;").replace("<", "&lt;") for each in paragraphs)
    body = "".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in escaped)
    return word(f"{body}<w:sectPr/>".encode())


WORDS = {
    "a loop of billions": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "a text of gigabytes": "{{ '甲' * 1000000000 }}",
    "a text of gigabytes by a filter": "{{ 'a'|center(1000000000) }}",
    "a text of gigabytes by a format": "{{ '%0999999999d' % 1 }}",
    "a text that doubles": "{% set a = namespace(x='甲') %}{% for i in range(40) %}{% set a.x = a.x ~ a.x %}{% endfor %}{{ a.x }}",
    "a list of billions": "{{ ([1] * 1000000000)|length }}",
    "a number of a billion digits": "{{ 10 ** 1000000000 }}",
    "a macro that calls itself": "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "a way out": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "a way out by a format": "{{ '{0.__class__.__init__.__globals__}'.format(层级) }}",
    "a way out by a filter": "{{ 层级|attr('__class__') }}",
    "a file of this machine": "{% include '/etc/passwd' %}",
    "a module": "{% import 'os' as os %}{{ os }}",
    "nested without end": "{{ " + "(" * 9_000 + "1" + ")" * 9_000 + " }}",
    "a million filters": "{{ 层级" + "|upper" * 100_000 + " }}",
    "a sum that cannot be": "{{ 1 + 'a' }}",
    "a division by nothing": "{{ 1 / 0 }}",
    "never closed": "{{ 层级",
    "closed alone": "{% endif %}",
    "a word that there is not": "{{ " + "没有" * 9_000 + " }}",
    "tags of Word alone": "{{r 层级 }}",
    "controls": "{{ '\\u0000\\u001b' }}",
}
ATTACKS: Mapping[str, Callable[[], bytes]] = {
    **{f"{name}.docx": lambda text=text: saying(SOUND, text) for name, text in WORDS.items()},
    "20,000 paragraphs.docx": lambda: saying(*["{{ 层级 }}"] * 20_000),
    "a loop over paragraphs.docx": lambda: saying("{%p for a in range(9999) %}", SOUND, "{%p endfor %}"),
    "a picture of 60 MB.docx": lambda: bomb(8, size=60_000_000),
    "no paragraph.docx": lambda: word(b""),
    "no body.docx": lambda: packed(sound_word() | {"word/document.xml": b"<w:document xmlns:w='x'/>"}),
    "a page for a document.docx": lambda: packed(
        sound_word() | {"word/document.xml": b"<html><body/></html>"}
    ),
    "no styles.docx": lambda: packed({k: v for k, v in sound_word().items() if "styles" not in k}),
}
