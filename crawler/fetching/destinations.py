"""Where a request may go. Whoever writes a page chooses its links and redirects, and must not be able to send us to
machines that we can reach and he cannot (server-side request forgery): our own, the office's network, a cloud's metadata
service. Pure: names are resolved by `crawler.fetching.resolving`, which has every address checked here and connects to
no other. tests/hostile_pages/destinations.toml is the table of cases."""

import ipaddress
import re
import socket
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import urlsplit

from crawler.outcomes.causes import reason_of
from rules.errors import GongkaiError
from rules.vocabulary.places import Site

Address = IPv4Address | IPv6Address
Origin = tuple[str, int]
PORTS = {"http": 80, "https": 443}
# No website stands here, not even the site file's own: link-local, "this" machine, multicast and broadcast; and what
# clouds answer their machines with secrets at (AWS, Google, Alibaba, Oracle, Azure; Tencent's is link-local).
NEVER = tuple(
    ipaddress.ip_network(network)
    for network in (
        "169.254.0.0/16", "fe80::/10", "0.0.0.0/8", "::/128", "224.0.0.0/4", "ff00::/8", "255.255.255.255/32",
        "fd00:ec2::254/128", "fd20:ce::254/128", "100.100.100.200/32", "192.0.0.192/32", "168.63.129.16/32",
    )
)  # fmt: skip
# Not public though `is_global` of some Python versions says so: IETF protocol assignments, the relays of 6to4, 6to4
# itself and Teredo (both hold any IPv4 address; nobody serves a website by them), documentation.
NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in ("192.0.0.0/24", "192.88.99.0/24", "2002::/16", "2001::/32", "2001:db8::/32", "3fff::/20")
)
# All that was ever given out of IPv6; what lies outside is for special use (RFC 4291).
PUBLIC_IPV6 = ipaddress.ip_network("2000::/3")
# An IPv4 address within, for which the network itself translates (RFC 6052).
NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Names that only mean something here (RFC 6761, RFC 6762, RFC 9476 and the customs of networks): where a proxy resolves
# for us, the name is all there is to judge.
LOCAL_NAMES = frozenset(
    [
        "localhost",
        "localdomain",
        "local",
        "internal",
        "intranet",
        "private",
        "lan",
        "home",
        "corp",
        "arpa",
        "onion",
    ]
)
# A name of the name service (underscores are not in it and are in use), or an IPv6 address without a zone. A proxy may make
# an address of its own out of what is neither.
_HOST = re.compile(r"(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}|[0-9a-f:.]*:[0-9a-f:.]*")
LONGEST_NAME = 253
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|\d+)\Z", re.IGNORECASE)


# What to do where the address is right and the server is slow.
SAVE_IT = "可用浏览器打开后另存为文件，再读取该文件"
ADVICE = {"timeout": f"请稍后再试；{SAVE_IT}"}


class FetchFailed(GongkaiError):
    """Nothing came from an address. `kind` is one of `crawler.outcomes.outcome.FAILURES`; `unsent`: the request surely
    reached nobody."""

    def __init__(self, url: str, kind: str, *, unsent: bool = False) -> None:
        super().__init__(
            f"地址无法访问：{url}（{reason_of(kind)}），{ADVICE.get(kind, '请核对地址或稍后再试')}。"
        )
        self.kind = kind
        self.unsent = unsent or kind in ("dns", "bad_address", "private_address")


class NotAllowed(FetchFailed):
    """An address that is not asked: `bad_address` is none of the web's, `private_address` leads where no link may lead."""


@dataclass(frozen=True, slots=True)
class Destinations:
    """`own` are (host, port) that may stand anywhere, on an intranet or on this machine: the site file's own, a
    mirror's, an address typed by the operator. Everything else must be public."""

    own: frozenset[Origin] = frozenset()

    def check_url(self, url: str) -> Origin:
        """Host and port of an address that may be asked for, as far as its text tells. Raises NotAllowed."""
        host, port = origin_in(url)
        literal = literal_of(url, host)
        if literal:
            self.check(url, (str(literal), port), [str(literal)])
            return str(literal), port
        local = "." not in host or host.rpartition(".")[2] in LOCAL_NAMES
        if local and (host, port) not in self.own:
            raise NotAllowed(url, "private_address")
        return host, port

    def check(self, url: str, origin: Origin, addresses: Sequence[str]) -> None:
        """Refuses an origin one of whose addresses it may not have: a name that stands for a public machine and a
        private one is not to be trusted with either. Raises NotAllowed."""
        fit = may_be_own if origin in self.own else is_public
        if not all(fit(ipaddress.ip_address(address.partition("%")[0])) for address in addresses):
            raise NotAllowed(url, "private_address")


def origin_in(url: str) -> Origin:
    """Host (in lower case, without a last dot) and port of a web address. Raises NotAllowed: another scheme, no host, a
    user's name before the host (it only ever hides the host from a reader's eye), a port that is none."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise NotAllowed(url, "bad_address") from None
    if parts.scheme not in PORTS or "@" in parts.netloc or "\\" in parts.netloc or port == 0:
        raise NotAllowed(url, "bad_address")
    host = _ascii(host).removesuffix(".")
    bracketed = "[" in parts.netloc
    if len(host) > LONGEST_NAME or not _HOST.fullmatch(host) or bracketed != (":" in host):
        raise NotAllowed(url, "bad_address")
    return host, port or PORTS[parts.scheme]


def _ascii(host: str) -> str:
    """A host as it is looked up: １２７。0.0.1 is 127.0.0.1; "" where it can be none."""
    if host.isascii():
        return host
    try:
        return unicodedata.normalize("NFKC", host).encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


def literal_of(url: str, host: str) -> Address | None:
    """The address that a host is; None for a name. 2130706433, 0x7f.1 and 0177.0.0.1 are 127.0.0.1 to whoever resolves
    them, and a host that ends in a number is never a name (WHATWG URL). Raises NotAllowed where it is neither."""
    try:
        if ":" in host:
            return IPv6Address(host)
        if _NUMBER.match(host.rpartition(".")[2]):
            return IPv4Address(socket.inet_aton(host))
    except (ValueError, OSError):
        raise NotAllowed(url, "bad_address") from None
    return None


def is_public(address: Address) -> bool:
    """Whether everybody can reach an address: then there is nothing to be gained by sending us there."""
    inner = _translated(address)
    if inner:
        return is_public(inner)
    if not may_be_own(address) or not address.is_global or _within(address, NOT_PUBLIC):
        return False
    return address.version == 4 or address in PUBLIC_IPV6


def may_be_own(address: Address) -> bool:
    """Whether a website may stand at an address at all."""
    inner = _translated(address)
    return may_be_own(inner) if inner else not _within(address, NEVER)


def _translated(address: Address) -> IPv4Address | None:
    """The IPv4 address that a network connects to in place of an IPv6 one (::ffff:10.0.0.1, 64:ff9b::10.0.0.1)."""
    if isinstance(address, IPv4Address):
        return None
    return address.ipv4_mapped or (IPv4Address(int(address) & 0xFFFFFFFF) if address in NAT64 else None)


def _within(address: Address, networks: Iterable[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    return any(address in network for network in networks if network.version == address.version)


def origins_of(addresses: Iterable[str]) -> frozenset[Origin]:
    """The origins of addresses and of bare hosts, with their port or with both of the web's. What is none is left out."""
    found: set[Origin] = set()
    for address in addresses:
        whole = address if "://" in address else f"http://{address}"
        try:
            host, port = origin_in(whole)
            literal = literal_of(whole, host)
        except NotAllowed:
            continue
        ports = {port} if urlsplit(whole).port else set(PORTS.values())
        found |= {(str(literal or host), each) for each in ports}
    return frozenset(found)


def destinations_of(site: Site, at: str | None = None) -> Destinations:
    """What a site file names as its own (home, hosts, neutral addresses), and the mirror that it is read at."""
    declared = (site.home, *site.crawling.hosts, *site.crawling.neutral)
    return Destinations(origins_of([*declared, at] if at else declared))


def typed(address: str) -> Destinations:
    """For an address that the operator gives by hand: it may stand anywhere, where it redirects to may not."""
    return Destinations(origins_of([address]))
