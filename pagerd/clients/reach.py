"""Which addresses a request may go to: decided on the very address that is connected to, after the name was resolved.

A check of the URL alone can be got round: by a name that resolves to something else a second later, by an address
written as one decimal number, by an IPv4 address inside an IPv6 one. So the check stands where the socket is made.
"""

import ipaddress
import socket
from enum import Enum
from urllib.parse import urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
SockAddr = tuple[object, ...]
AddrInfo = tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, SockAddr]

METADATA = frozenset(
    ipaddress.ip_address(address)
    for address in (
        "100.100.100.200",  # Alibaba
        "168.63.129.16",  # Azure's host agent, a public address
        "169.254.169.254",  # nearly everybody
        "192.0.0.192",  # Oracle
        "fd00:ec2::254",  # Amazon
        "fd20:ce::254",  # Google
    )
)
"""Where clouds hand credentials to whoever asks from the machine. Nothing of ours ever lives there."""

_SHARED = ipaddress.ip_network("100.64.0.0/10")
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))


class Reach(Enum):
    """How far requests may go.

    ANYWHERE is for what the code itself names. PUBLIC takes https to addresses of the public internet. OWN_NETWORK also
    takes private and loopback addresses and plain http. Neither of the two ever takes link-local, multicast,
    unspecified or metadata addresses.
    """

    ANYWHERE = "anywhere"
    PUBLIC = "public"
    OWN_NETWORK = "own network"


def reach_for(url: str, *, own_network: bool) -> Reach:
    """Return how far a URL from the settings may go: naming loopback in it is asking for it."""
    if own_network:
        return Reach.OWN_NETWORK
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return Reach.PUBLIC
    try:
        names_loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        names_loopback = host == "localhost"
    return Reach.OWN_NETWORK if names_loopback else Reach.PUBLIC


def fault_of_url(url: str, reach: Reach) -> str | None:
    """Say why a URL cannot be asked, or None. Which address its name has is checked when connecting."""
    try:
        parsed = urlsplit(url)
        host, scheme, _ = parsed.hostname, parsed.scheme, parsed.port
    except ValueError as problem:
        return f"{url!r} is not a URL: {problem}"
    if scheme not in {"http", "https"} or not host:
        return f"{url!r} is not an http or https URL"
    if parsed.username is not None or parsed.password is not None:
        return f"the URL of {host} carries credentials"
    if scheme == "http" and reach is Reach.PUBLIC:
        return f"{host} is asked over plain http; only https leaves our own network"
    return None


def fault_of_address(text: str, reach: Reach) -> str | None:
    """Say why this address may not be connected to, or None."""
    if reach is Reach.ANYWHERE:
        return None
    address = _unwrapped(ipaddress.ip_address(text.partition("%")[0]))
    if address in METADATA:
        return f"{text} is a cloud's metadata service"
    if address.is_link_local or address.is_multicast or address.is_unspecified:
        return f"{text} is link-local, multicast or unspecified"
    if address.version == 4 and address.is_reserved:
        return f"{text} is reserved"
    if address.is_loopback or address.is_private or address in _SHARED:
        return None if reach is Reach.OWN_NETWORK else f"{text} is a private address"
    if not address.is_global:
        return f"{text} is reserved"
    return None


class OutOfReachError(OSError):
    """The name resolved to an address that may not be asked."""


def guarded_socket(reach: Reach, info: AddrInfo) -> socket.socket:
    """Make the socket for one resolved address, or raise OutOfReachError."""
    family, kind, protocol, _, address = info
    fault = fault_of_address(str(address[0]), reach)
    if fault is not None:
        raise OutOfReachError(fault)
    return socket.socket(family, kind, protocol)


def _unwrapped(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 one carries, where it carries one."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if any(address in network for network in _NAT64) or 1 < int(address) < 1 << 32:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address
