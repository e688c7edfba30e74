"""Closes this process's network: only loopback and local sockets stay reachable.

Imported, `close()` adds an audit hook that refuses and records every attempt. Run as a script, it
closes the network and then runs a module or a file, so that a test can prove that a whole command
works offline: `python tests/closed_network.py -m ui.cli --help`. Where the kernel lets it, the
script also enters an empty network namespace, which holds native code and child processes too.
"""

import ctypes
import fcntl
import ipaddress
import runpy
import socket
import struct
import sys
from typing import Final, cast

LEAKED: Final = 97
"""Exit status of a run that tried to reach the network, even when it went on without it."""

attempts: Final[list[str]] = []
"""What was refused so far: event and address, in order."""

_CLONE_NEWNET: Final = 0x40000000
_SIOCSIFFLAGS: Final = 0x8914
_IFF_UP: Final = 0x1


class NetworkClosed(RuntimeError):
    """Something tried to leave the machine."""


def close() -> None:
    """Refuse every connection, datagram and name look-up beyond loopback, for good."""
    sys.addaudithook(_guard)


def isolate() -> bool:
    """Enter a network namespace that has loopback only; tell whether the kernel allowed it."""
    if ctypes.CDLL(None).unshare(_CLONE_NEWNET) != 0:
        return False
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", _IFF_UP))
    return True


def _guard(event: str, args: tuple[object, ...]) -> None:
    match event, args:
        case "socket.connect" | "socket.sendto" | "socket.sendmsg", (socket.socket() as via, to):
            if via.family not in (socket.AF_INET, socket.AF_INET6):
                return
            host = cast("tuple[object, ...]", to)[0] if isinstance(to, tuple) else None
        case "socket.getaddrinfo" | "socket.gethostbyname" | "socket.gethostbyaddr", (host, *_):
            pass
        case _:
            return
    if not _is_local(host):
        attempts.append(f"{event} {host}")
        raise NetworkClosed(f"{event} to {host}: the network is closed, only loopback is allowed")


def _is_local(host: object) -> bool:
    if host is None:
        return True
    name = host.decode("ascii", "replace") if isinstance(host, bytes | bytearray) else str(host)
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return name in {"", "localhost"}
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def _run(arguments: list[str]) -> None:
    match arguments:
        case ["-m", module, *rest]:
            sys.argv = [module, *rest]
            runpy.run_module(module, run_name="__main__", alter_sys=True)
        case [script, *rest]:
            sys.argv = [script, *rest]
            runpy.run_path(script, run_name="__main__")
        case _:
            raise SystemExit("usage: closed_network.py (-m MODULE | FILE) [ARGUMENT ...]")


def main() -> None:
    """Close the network, run what the arguments name, and report whether it tried to leave."""
    sys.path[0] = ""
    how = "namespace and audit hook" if isolate() else "audit hook only"
    print(f"network closed: {how}", file=sys.stderr)
    close()
    try:
        _run(sys.argv[1:])
    finally:
        if attempts:
            print("tried to leave the machine:", *attempts, sep="\n  ", file=sys.stderr)
            raise SystemExit(LEAKED)


if __name__ == "__main__":
    main()
