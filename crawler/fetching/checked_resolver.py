"""Twisted's name resolver in a crawl: every connection that Scrapy opens, whatever for (a page, a redirect, robots.txt, an
attachment), goes to an address that `CheckedHosts` has checked, literal ones among them."""

import asyncio
from collections.abc import Sequence
from typing import Any, Self

from scrapy.resolver import HostResolution
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IHostnameResolver
from twisted.internet.threads import deferToThread
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.fetching.destinations import Destinations
from crawler.fetching.resolving import CheckedHosts, system_addresses


@implementer(IHostnameResolver)
class CheckedResolver:
    """Installed by the settings TWISTED_DNS_RESOLVER, GONGKAI_DESTINATIONS and GONGKAI_RESOLVE (the name server)."""

    def __init__(self, reactor: Any, hosts: CheckedHosts) -> None:
        self._reactor = reactor
        self.hosts = hosts

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> Self:
        destinations = crawler.settings["GONGKAI_DESTINATIONS"] or Destinations()
        return cls(
            reactor, CheckedHosts(destinations, crawler.settings["GONGKAI_RESOLVE"] or system_addresses)
        )

    def install_on_reactor(self) -> None:
        self._reactor.installNameResolver(self)

    async def check(self, host: str, port: int) -> None:
        """Raises FetchFailed where a connection would find no address that it may go to."""
        if not self.hosts.known(host, port):
            await asyncio.to_thread(self.hosts.addresses, host, port)

    def resolveHostName(  # noqa: N802  (Twisted's names)
        self,
        receiver: Any,
        name: str,
        portNumber: int = 0,  # noqa: N803
        kinds: Sequence[type] | None = None,
        *_semantics: str,
    ) -> HostResolution:
        """Tells the receiver (IResolutionReceiver) the checked addresses; none of a host that is not to be connected to."""
        resolution = HostResolution(name)
        receiver.resolutionBegan(resolution)

        def tell(addresses: tuple[str, ...]) -> None:
            for address in addresses:
                kind = IPv6Address if ":" in address else IPv4Address
                if kinds is None or kind in kinds:
                    receiver.addressResolved(kind("TCP", address, portNumber))
            receiver.resolutionComplete()

        host = name.lower().removesuffix(".")
        if known := self.hosts.known(host, portNumber):
            tell(known)
        else:
            asked = deferToThread(self.hosts.addresses, host, portNumber)
            asked.addCallbacks(tell, lambda _failure: receiver.resolutionComplete())
        return resolution
