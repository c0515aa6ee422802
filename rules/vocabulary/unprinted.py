"""Characters that are obeyed or hidden instead of printed. A terminal runs them, an editor turns or hides text by them,
JSON written as UTF-8 breaks at them, a name that differs from another only by them is not another name."""

import re

# Unicode's categories Cc (but tab and line feed), Cf, Cs, Zl and Zp: controls of ASCII and C1, soft hyphen, marks of
# direction (ALM, LRM, RLM, 202A-202E, 2066-2069), zero-width characters, joiners, U+2028 and 2029, lone surrogates, tags
# (U+E0001-E007F); and U+FFFE and FFFF, which XML forbids. Written out: to ask every character takes 0.2 s at each start.
_FORMAT = (
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001-\U000e007f"
)
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff"

UNPRINTED = re.compile(f"[{_CONTROL}{_FORMAT}]")
FORMAT = re.compile(f"[{_FORMAT}]+")  # nothing stands where they stand
CONTROL = re.compile(f"[\t\n{_CONTROL}]+")  # a blank may
