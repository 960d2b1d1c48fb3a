"""Addresses: what of them is fetched, and a connection to exactly the machine that was checked.

A page of the web can name an address of the reader's own network (`http://192.168.1.1/`, a cloud's 169.254.169.254), as can a redirect, and a name
can answer differently the second time it is asked (DNS rebinding). So a name is resolved once, every address that it has must be a public one, and the
connection is made to that address and to no name.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

_LONGEST: Final = 8_000  # characters of an address
_PORTS: Final = {"http": 80, "https": 443}
_SAFE: Final = "%/:=&?~#+!$,;'@()*[]-._"
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
_PRIVATE: Final = tuple(map(ipaddress.ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))
_LOCAL: Final = (".localhost", ".local", ".internal", ".home.arpa", ".localdomain", ".onion")

Resolve = Callable[[str, int], Sequence[str]]
"""Gives the IP addresses of a host; raises OSError."""


class RefusedError(ValueError):
    """An address that is not fetched, and why."""


class Target(NamedTuple):
    """An address taken apart: `host` in ASCII, `path` with its query; `url` is the whole, in ASCII, without a fragment."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port: what one robots.txt is for."""
        return f"{self.scheme}://{_bracketed(self.host)}" + ("" if self.port == _PORTS[self.scheme] else f":{self.port}")


def target_of(url: str, base: str | None = None, *, private: bool = False) -> Target:
    """The target of an address (from the page at `base`); Arabic in host and path is encoded. Raises `RefusedError` for what is not fetched.

    `private`: ports, names and networks that are not of the public web are allowed (for tests; see `check`).
    """
    try:
        whole = urljoin(base, url.strip()) if base else url.strip()
        parts = urlsplit(whole)
        port = parts.port
    except ValueError as error:
        raise RefusedError(f"no address: {error}") from None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise RefusedError(f"only http and https are fetched, not {scheme or 'an address without a scheme'}")
    if parts.username is not None or parts.password is not None:
        raise RefusedError("an address with a name or a password in it")
    if len(whole) > _LONGEST:
        raise RefusedError(f"an address of {len(whole):,} characters")
    host = _ascii(parts.hostname or "")
    port = port or _PORTS[scheme]
    if not private:
        if host == "localhost" or host.endswith(_LOCAL):
            raise RefusedError(f"{host} is no name of the public web")
        if port < 1024 and port != _PORTS[scheme]:
            raise RefusedError(f"port {port} is no port of the web")
    if _address(host) is not None:
        check(host, private=private)
    path = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
    if any(c <= " " or c == "\x7f" for c in path + host):
        raise RefusedError("an address with a control character in it")
    netloc = _bracketed(host) + ("" if port == _PORTS[scheme] else f":{port}")
    url = urlunsplit((scheme, netloc, path, "", "")) if "?" not in path else f"{scheme}://{netloc}{path}"
    if len(url) > _LONGEST:  # encoded, an Arabic letter takes six
        raise RefusedError(f"an address of {len(url):,} characters")
    return Target(url, scheme, host, port, path)


def check(address: str, *, private: bool = False) -> None:
    """Raises `RefusedError` for an IP address that is not one of a public machine.

    `private`: the loopback and private networks are allowed (for tests); link-local addresses, where clouds answer with their secrets, never are.
    """
    ip = ipaddress.ip_address(address.split("%", 1)[0])
    inner: ipaddress.IPv4Address | ipaddress.IPv6Address = ip
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            inner = ip.ipv4_mapped
        elif ip.sixtofour is not None:
            inner = ip.sixtofour
        elif ip.teredo is not None:
            inner = ip.teredo[1]
        elif ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    if private and (inner.is_loopback or any(inner in network for network in _PRIVATE)):
        return
    if not inner.is_global or inner.is_multicast or inner.is_reserved or inner.is_unspecified:
        raise RefusedError(f"{address} is an address of no public machine")


def resolved(host: str, port: int) -> list[str]:
    """The IP addresses of a host, in the system's order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def connected(host: str, port: int, seconds: float, *, private: bool = False, checked: bool = True, resolve: Resolve = resolved) -> tuple[socket.socket, str]:
    """A connection to the first address of the host that answers, and that address. All of its addresses must be public.

    `checked` is false for a proxy that the user named: it may be anywhere. Raises `RefusedError`, or OSError where none can be reached.
    """
    addresses = resolve(host, port)
    if not addresses:
        raise OSError(f"{host} has no address")
    if checked:
        for address in addresses:
            check(address, private=private)
    failed: OSError | None = None
    for address in addresses[:4]:
        try:
            return socket.create_connection((address, port), timeout=max(0.1, seconds)), address
        except OSError as error:
            failed = error
    raise failed or OSError("not connected")


def _ascii(host: str) -> str:
    host = host.rstrip(".")
    if not host:
        raise RefusedError("an address without a host")
    if _address(host) is not None:
        return host
    try:
        name = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise RefusedError(f"{host!r} is no name of a host") from None
    last = name.rsplit(".", 1)[-1]
    if last.isdigit() or last.startswith("0x"):  # 127.1, 0x7f000001: ways to write an IP address that a resolver would take for one
        raise RefusedError(f"{host} is an unusual way to write an address")
    return name


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.split("%", 1)[0])
    except ValueError:
        return None


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
