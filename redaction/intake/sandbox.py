"""Takes rights away from the process that it runs in: memory, files, processes, network."""

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Final

_OPEN_FILES: Final = 64
_PR_SET_PDEATHSIG: Final = 1
_PR_SET_NO_NEW_PRIVS: Final = 38
_CLONE_NEWUSER: Final = 0x10000000
_CLONE_NEWNET: Final = 0x40000000
_CAPABILITIES_V3: Final = 0x20080522
# System call numbers of Linux that every architecture shares.
_LANDLOCK_CREATE_RULESET: Final = 444
_LANDLOCK_ADD_RULE: Final = 445
_LANDLOCK_RESTRICT_SELF: Final = 446
_BENEATH: Final = 1
_EXECUTE: Final = 1 << 0
_READ_FILE: Final = 1 << 2
_READ_FOLDER: Final = 1 << 3
# What each version of Landlock can forbid, beyond the first version's 13 rights.
_RIGHTS: Final = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
_ALL_RIGHTS: Final = (1 << 16) - 1
_NETWORK: Final = 0b11
_SYSTEM: Final = ("/usr", "/lib", "/lib64", "/etc/ld.so.cache")


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def confine(memory_bytes: int, readable: Iterable[str] = (), *, programs: bool = False) -> None:
    """Leave this process no more than it needs to turn bytes into text, for good.

    Resource limits always hold. What the kernel may or may not offer is taken when it is there:
    an empty network namespace, no capabilities, and Landlock, under which only the system's
    libraries and `readable` can be opened. `programs` says that one may still be executed.
    """
    for what, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(what, (most, most))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
    _drop_capabilities(libc)
    _restrict_files(libc, (*_SYSTEM, sys.base_prefix, *readable), programs)


def limit_processor(seconds: int) -> None:
    """Let this process compute for that many more seconds; then the kernel ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    most = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


def _drop_capabilities(libc: ctypes.CDLL) -> None:
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES_V3, 0)
    libc.capset(header, (ctypes.c_uint32 * 6)())


def _restrict_files(libc: ctypes.CDLL, readable: Iterable[str], programs: bool) -> None:
    version = libc.syscall(_LANDLOCK_CREATE_RULESET, None, 0, 1)
    if version < 1:
        return
    rules = _Ruleset(_RIGHTS.get(version, _ALL_RIGHTS), _NETWORK if version >= 4 else 0)
    # The first version knows no network: its structure is half as long.
    size = ctypes.sizeof(rules) if version >= 4 else ctypes.sizeof(ctypes.c_uint64)
    ruleset = libc.syscall(_LANDLOCK_CREATE_RULESET, ctypes.byref(rules), size, 0)
    if ruleset < 0:
        return
    for path in readable:
        with suppress(OSError):
            folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
            allowed = _READ_FILE | (_EXECUTE if programs else 0)
            allowed |= _READ_FOLDER if os.path.isdir(path) else 0  # noqa: PTH112
            beneath = _Beneath(allowed, folder)
            libc.syscall(_LANDLOCK_ADD_RULE, ruleset, _BENEATH, ctypes.byref(beneath), 0)
            os.close(folder)
    libc.syscall(_LANDLOCK_RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)
