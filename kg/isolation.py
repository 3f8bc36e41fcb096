"""Takes from a process what a reader of foreign queries must not have: sockets, endless memory.

The engine opens HTTP connections for `SERVICE`. On Linux a system-call filter makes `socket`
fail for the rest of the process's life; it needs no rights and cannot be taken back.
"""

import ctypes
import errno
import os
import platform
import resource
import socket
import struct
import sys
from pathlib import Path
from typing import Final

_SOCKET_CALL: Final = {"x86_64": 41, "aarch64": 198}
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_MIB: Final = 1024 * 1024
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def without_network() -> bool:
    """Make this process unable to open sockets; returns whether that is so now.

    Call it before any thread starts.
    """
    call = _SOCKET_CALL.get(platform.machine())
    if sys.platform == "linux" and call is not None:
        code = b"".join(
            struct.pack("HBBI", *step)
            for step in (
                (_LOAD, 0, 0, 0),
                (_JUMP_IF_EQUAL, 0, 1, call),
                (_RETURN, 0, 0, _FAIL | errno.EACCES),
                (_RETURN, 0, 0, _ALLOW),
            )
        )
        system = ctypes.CDLL(None, use_errno=True)
        program = _Program(len(code) // 8, code)
        if system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0:
            system.prctl(_SECCOMP, _FILTER, ctypes.byref(program), 0, 0)
    return _has_no_network()


def _has_no_network() -> bool:
    try:
        socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()
    except OSError:
        return True
    return False


def limit_memory(mib: int) -> None:
    """Let the system refuse memory beyond what this process holds now and `mib` more.

    The parent measures and ends a reader that grows; this catches one that grows at a jump.
    """
    if sys.platform == "linux":
        ceiling = data_of("self") + mib * _MIB
        resource.setrlimit(resource.RLIMIT_DATA, (ceiling, ceiling))


def limit_cpu(seconds: float) -> None:
    """End this process once it has used so many seconds of CPU time more than up to now.

    The parent ends a reader in time; this ends one whose parent is gone.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


def data_of(process: int | str) -> int:
    """Return the bytes of a process's data segment, 0 where the system does not say."""
    return _statm(process, (5,))


def memory_of(process: int | str) -> int:
    """Return the bytes of memory that a process has for itself, 0 where it is not known."""
    return _statm(process, (1,)) - _statm(process, (2,))


def _statm(process: int | str, columns: tuple[int, ...]) -> int:
    try:
        fields = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()
    except OSError:
        return 0
    return sum(int(fields[column]) for column in columns) * _PAGE
