"""The address of a posting taken apart: what in it may name the posting, and what only says how one came to it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote_to_bytes

from crawler.page.addresses import INDEX_FILE, bare_host, split, without_session

# Parameters that by their name say which posting is meant: two addresses that differ in one are two postings. Not those
# of a visit, nor those that say where the posting stands: its column, its office, its template.
_NAMES_POSTING = re.compile(r"\d+|\w*id|g?uuid|(?:doc|wj|wh|index)(?:no|num|bh|h)|bh|xh", re.I)
_NAMES_VISIT = re.compile(
    r"_?(?:s|sess|session|u|user|open|union|client|device|visit|visitor|click|trace|request|req|track)_?id",
    re.I,
)
_NAMES_PLACE = re.compile(
    r"(?:wb)?(?:class|channel|column|col|catalog|cat\w*|node|tree|dept?|department|unit|org\w*|lm|lanmu|menu|site|web|type|topic"
    r"|folder|list|parent|area|region|module|model|template|tpl|nav|root|group|page)_?(?:id|code|no)?",
    re.I,
)
# … and those that by their name say only how or when one came there.
_NAMES_WAY = re.compile(
    r"_?t|_|ts|time\w*|rand\w*|rnd|nonce|token|sign\w*|page\w*|pn|curr?page|(?:is)?top|zd|from|ref\w*|src|source",
    re.I,
)
# A value that is nothing but a day or a year.
_DAY = re.compile(r"(?:19|20)\d\d(?:[-/.年]?[01]?\d(?:[-/.月]?[0-3]?\d日?)?)?")
_NUMBER = re.compile(r"\d{3}")
# What a site calls its copy for small screens: a first folder of the path, or the first label of the host.
_SMALL_SCREEN = frozenset({"m", "wap", "mobile", "3g", "4g", "phone", "h5", "touch", "mob", "wx", "weixin"})


@dataclass(frozen=True, slots=True)
class PostingAddress:
    """An address in small letters, with its escapes undone and without session. `asked` are its parameters; `anchor` is
    the fragment, where it does not route (#/…). An index file is none: `file` is then the folder's name."""

    host: str
    folders: tuple[str, ...]
    file: str
    asked: Mapping[str, str]
    anchor: str

    @property
    def place(self) -> tuple[str, ...]:
        return (self.host, *self.folders)

    @property
    def names_itself(self) -> bool:
        """Whether by its look it is one posting's own address: a file with a number, or a parameter like id."""
        return bool(_NUMBER.search(self.file)) or any(map(names_posting, self.asked))

    def differs(self, other: "PostingAddress") -> frozenset[str]:
        """The names of the parameters in which two addresses differ; "#" for the fragment."""
        names = {n for n in {*self.asked, *other.asked} if self.asked.get(n) != other.asked.get(n)}
        return frozenset(names | {"#"} if self.anchor != other.anchor else names)

    def key(self, without: frozenset[str], title: str) -> "AddressKey":
        """What is left to tell a posting from another without the parameters in `without`, nor those that say its
        place, its day or its title."""
        told = {
            (name, value)
            for name, value in self.asked.items()
            if name not in without and not _says_nothing(name, value, title)
        }
        return self.place, self.file, frozenset(told), "" if "#" in without else self.anchor


# Place, file, parameters, fragment.
AddressKey = tuple[tuple[str, ...], str, frozenset[tuple[str, str]], str]


def take_apart(url: str) -> PostingAddress:
    """The parts of an address. Never raises."""
    parts = split(without_session(url))
    routed = parts.fragment.startswith(("/", "!/"))
    path = parts.path + parts.fragment if routed else INDEX_FILE.sub("/", parts.path)
    *folders, file = _plain(path).strip("/").split("/")
    asked = {_plain(name): _plain(value) for name, value in parse_qsl(parts.query, keep_blank_values=True)}
    return PostingAddress(
        bare_host(parts.netloc), tuple(folders), file, asked, "" if routed else parts.fragment
    )


def names_posting(name: str) -> bool:
    """Whether a parameter of this name says which posting is meant (id, infoId, 文号), and not in what place."""
    return bool(_NAMES_POSTING.fullmatch(name)) and not (
        _NAMES_PLACE.fullmatch(name) or _NAMES_VISIT.fullmatch(name)
    )


def names_way(name: str) -> bool:
    """Whether a parameter of this name may be left out without more evidence than that what is left tells the list's
    postings apart."""
    return bool(_NAMES_WAY.fullmatch(name))


def leading_parts(one: PostingAddress, other: PostingAddress) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Host and first folders in which two places differ; what both end with is left out."""
    first, second = list(one.place), list(other.place)
    while len(first) > 1 and len(second) > 1 and first[-1] == second[-1]:
        first.pop()
        second.pop()
    return tuple(first), tuple(second)


def for_small_screens(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether of two leading parts one is the other's for small screens: wap.x.cn, x.cn/m/."""
    return _large(one) == _large(other)


def _large(place: tuple[str, ...]) -> tuple[str, ...]:
    host, *folders = place
    label, _, domain = host.partition(".")
    host = domain if label in _SMALL_SCREEN else host
    return (host, *(folders[1:] if folders and folders[0] in _SMALL_SCREEN else folders))


def _says_nothing(name: str, value: str, title: str) -> bool:
    return bool(_NAMES_PLACE.fullmatch(name) or _DAY.fullmatch(value)) or (len(value) > 3 and value in title)


def _plain(text: str) -> str:
    """Escapes undone: in UTF-8, or in GBK as old sites write them."""
    raw = unquote_to_bytes(text)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).casefold()
        except UnicodeDecodeError:
            continue
    return text.casefold()
