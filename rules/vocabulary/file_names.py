"""Which names may become a file's: the key of a site, of a unit. What is one on Linux is one on Windows too, for papers are
carried there."""

import re

from rules.vocabulary.unprinted import UNPRINTED

LONGEST = 80  # characters
MOST_BYTES = 200  # a file's name has 255, and what the program adds needs some
FILE_NAME_RULE = f'名称至多 {LONGEST} 个字，以文字、字母或数字开头，不含斜杠、空格、控制字符和 : * ? " < > |，不能是 con、nul 等设备名'

_REFUSED = re.compile(r"[/\\:*?\"<>|\s]")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|clock\$|con(?:in|out)\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.I)


def is_file_name(name: str) -> bool:
    """Whether a name may become a file's, alone or with an ending: never `.` or `..`, no option (-x), nothing hidden."""
    return (
        0 < len(name) <= LONGEST
        and len(name.encode("utf-8", "surrogatepass")) <= MOST_BYTES
        and (name[0].isalnum() or name[0] == "_")
        and not name.endswith(".")
        and not UNPRINTED.search(name)
        and not _REFUSED.search(name)
        and not _DEVICES.fullmatch(name)
    )
