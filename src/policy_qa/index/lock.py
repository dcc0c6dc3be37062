"""One writer at a time: a lock of the operating system, which falls with its holder, however that ends."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from policy_qa.errors import IndexLockedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_FILE = "build.lock"
HOLDER_BYTES = 1024
LOCKED_BYTE = 1 << 30
"""Windows keeps others from reading a locked range, so the range lies far behind the holder's name."""

if sys.platform == "win32":
    import msvcrt

    def try_lock(descriptor: int) -> bool:
        """Whether the open file is now locked by this process; never waits."""
        os.lseek(descriptor, LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def try_lock(descriptor: int) -> bool:
        """Whether the open file is now locked by this process; never waits."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def write_lock(index_dir: Path) -> Iterator[None]:
    """The right to write the index, for the time of the `with` block.

    The file stays behind and may: what counts is the lock on it. Raises IndexLockedError, naming the holder,
    when another process (or another `with` block of this one) has it.
    """
    descriptor = os.open(index_dir / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not try_lock(descriptor):
            os.lseek(descriptor, 0, os.SEEK_SET)
            holder = (
                os.read(descriptor, HOLDER_BYTES).decode(errors="replace").strip()
                or "a process of unknown name"
            )
            raise IndexLockedError(
                f"the index {index_dir} is being written by {holder}; wait for it to end, then run the command again"
            )
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        started = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
        os.write(descriptor, f"process {os.getpid()} on {socket.gethostname()} since {started}\n".encode())
        yield
    finally:
        os.close(descriptor)
