"""How many attributes the tags of a page have, before anything parses them.

A scan after the tokenizer of the HTML standard, which libxml2 follows: what looks like a tag inside a comment, a script
or a text area is none, and an attribute may hold what looks like the end of its tag. Every quantifier is possessive:
the scan takes time with the length of the page alone."""

import re

# No tag of a real page has half so many.
CROWDED = 64
_BLANK = r"\t\n\f\r "
_ENDS = rf"[{_BLANK}/>]"
_VALUE = rf"(?:\"[^\"]*+\"|'[^']*+'|[^{_BLANK}>\"'][^{_BLANK}>]*+)"
_ATTRIBUTE = rf"[{_BLANK}/]*+[^{_BLANK}/>][^{_BLANK}/>=]*+(?:[{_BLANK}]*+=[{_BLANK}]*+{_VALUE}?+)?+"
_ATTRIBUTES = rf"(?:{_ATTRIBUTE})*+"
# libxml2 takes <script/> to have no inside.
_CLOSED = rf"[{_BLANK}/]++(?<=/)>"
# In a script <!-- … --> may hold <script> … </script>, which does not end it.
_INNER = rf"<script{_ENDS}(?:[^-<]++|-(?!->)|<(?!/script{_ENDS}))*+(?:</script)?+"
_ESCAPED = rf"<!(?=--)(?:[^-<]++|-(?!->)|<(?!/?script{_ENDS})|{_INNER})*+(?:-->)?+"
_SCRIPT = rf"(?:[^<]++|{_ESCAPED}|<(?!/script{_ENDS}))*+"
_TOKEN = re.compile(
    rf"""<(?:
        !--(?:-?>|[^-]*+(?:-(?!-!?>)[^-]*+)*+)
        |(?:[!?]|/(?![a-z]))[^>]*+
        |script(?={_ENDS})(?P<of_script>{_ATTRIBUTES})(?:{_CLOSED}|[{_BLANK}/]*+>?+{_SCRIPT})
        |(?P<raw>style|textarea|title|xmp|iframe|noembed|noframes)(?={_ENDS})(?P<of_raw>{_ATTRIBUTES})
            (?:{_CLOSED}|[{_BLANK}/]*+>?+(?:[^<]++|<(?!/(?P=raw){_ENDS}))*+)
        |plaintext(?={_ENDS})(?P<of_plaintext>{_ATTRIBUTES})(?:{_CLOSED}|[^\0]*+)
        |/?[a-z][^{_BLANK}/>]*+(?P<of_any>{_ATTRIBUTES})
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_ONE = re.compile(_ATTRIBUTE)


def crowded_attributes(source: str, crowded: int = CROWDED) -> int:
    """How many attributes those tags have, together, that have more than `crowded`."""
    tags = (token[token.lastgroup] for token in _TOKEN.finditer(source) if token.lastgroup)
    counts = (len(_ONE.findall(tag)) for tag in tags if len(tag) > 2 * crowded)
    return sum(count for count in counts if count > crowded)
