"""Names resolved once, checked, and connected to at exactly the addresses that were checked: a name that answers
differently the second time (DNS rebinding) gains nothing."""

import socket
import time
from collections.abc import Callable, Sequence
from urllib.request import getproxies

from crawler.fetching.destinations import Destinations, FetchFailed, Origin, origins_of

Resolve = Callable[[str], Sequence[str]]
KEPT = 600.0  # seconds that a checked answer is kept for


def system_addresses(host: str) -> list[str]:
    """The addresses of a name, IPv4 first: many county networks announce IPv6 and do not carry it. Raises OSError."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a label that no name can have
        raise OSError(str(error)) from None
    ordered = sorted(found, key=lambda each: each[0] != socket.AF_INET)
    return list(dict.fromkeys(str(each[4][0]) for each in ordered))


class CheckedHosts:
    """Host and port → the addresses that may be connected to. `resolve` is the name server. Proxies that the
    environment names are the operator's own, wherever they stand."""

    def __init__(self, destinations: Destinations, resolve: Resolve = system_addresses) -> None:
        self.destinations = destinations
        self._resolve = resolve
        self._proxies = origins_of(getproxies().values())
        self._kept: dict[Origin, tuple[float, tuple[str, ...]]] = {}

    def known(self, host: str, port: int) -> tuple[str, ...] | None:
        """What was checked lately; None where it has to be asked for."""
        when, addresses = self._kept.get((host, port), (0.0, ()))
        return addresses if addresses and time.monotonic() - when < KEPT else None

    def addresses(self, host: str, port: int) -> tuple[str, ...]:
        """The checked addresses of a host, asked of the name server at most once in KEPT seconds. Raises FetchFailed:
        `dns`, or NotAllowed."""
        if known := self.known(host, port):
            return known
        url = f"//{host}:{port}"
        try:
            found = tuple(self._resolve(host))
        except OSError:
            found = ()
        if not found:
            raise FetchFailed(url, "dns")
        if (host, port) not in self._proxies:
            self.destinations.check(url, (host, port), found)
        self._kept[host, port] = time.monotonic(), found
        return found
