"""Which addresses requests may go to: none that hands out a machine's credentials, and private ones only if allowed.

What counts is the address that is connected to, not the name that led there: a name is resolved once, every address is
looked at, and the connection goes to one of them. So a name that answers otherwise the second time gains nothing.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
from collections.abc import Iterable, Iterator

import httpcore

from nango_cli.environments.patient_backend import PatientBackend

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Link-local addresses are those of the machine's own surroundings; clouds hand out credentials there, and some of them
# (Alibaba, Azure, Oracle, AWS and Google over IPv6) at addresses of their own.
_NEVER = tuple(
    map(
        ipaddress.ip_network,
        (
            "169.254.0.0/16",
            "fe80::/10",
            "100.100.100.200/32",
            "168.63.129.16/32",
            "192.0.0.192/32",
            "fd00:ec2::254/128",
            "fd20:ce::254/128",
        ),
    )
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class Refused(Exception):
    """No connection is made; the text says to where."""


def refusal(host: str, *, private: bool) -> str | None:
    """Why no request may go to a host, None if one may, or if nobody knows the host. `private` allows private ones."""
    try:
        addresses = _resolve(host)
    except (OSError, UnicodeError):
        return None
    return next(filter(None, (_reason(each, private=private) for each in addresses)), None)


def is_private(host: str) -> bool:
    """Whether a host is written as a loopback or private address, or as this machine's own name. Asks nobody."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return _reason(address, private=True) is None and _reason(address, private=False) is not None


class GuardedBackend(PatientBackend):
    """Opens connections to allowed addresses only; raises Refused for others."""

    def __init__(self, *, private: bool) -> None:
        super().__init__()
        self._private = private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            addresses = _resolve(host)
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        for each in addresses:
            if reason := _reason(each, private=self._private):
                raise Refused(reason)
        for each in addresses[:-1]:
            with contextlib.suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return super().connect_tcp(str(each), port, timeout, local_address, socket_options)
        return super().connect_tcp(str(addresses[-1]), port, timeout, local_address, socket_options)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None
    ) -> httpcore.NetworkStream:
        raise Refused("a socket of this machine")


def _resolve(host: str) -> list[Address]:
    """The addresses that a name stands for, however it is spelled; at least one. Raises OSError or UnicodeError."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found))


def _reason(address: Address, *, private: bool) -> str | None:
    for each in _spellings(address):
        if each.is_multicast or any(each in network for network in _NEVER if each.version == network.version):
            return f"{address}, which is not an address of the internet"
        if not private and not each.is_global:
            return f"{address}, which is a private address"
    return None


def _spellings(address: Address) -> Iterator[Address]:
    """An address, or the ones that stand in it: IPv6 has several ways to write those of IPv4."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            yield address.ipv4_mapped
            return
        if address.sixtofour:
            yield address.sixtofour
        if address in _NAT64:
            yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
            return
    yield address
