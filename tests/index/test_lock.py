"""One writer at a time, whatever becomes of it."""

import os
import signal
from pathlib import Path

import pytest
from small_index import PROCESSES, build_index, report_text, write_corpus

from policy_qa.errors import IndexLockedError
from policy_qa.index.lock import write_lock


def hold(index_dir: Path, ready) -> None:
    with write_lock(index_dir):
        ready.set()
        signal.pause()


def test_a_second_writer_is_refused_with_the_name_of_the_first(tmp_path: Path) -> None:
    ready = PROCESSES.Event()
    holder = PROCESSES.Process(target=hold, args=(tmp_path, ready))
    holder.start()
    assert ready.wait(60)
    with pytest.raises(IndexLockedError, match=rf"process {holder.pid} on .+ since \d{{4}}-"):
        build_index(write_corpus(tmp_path / "corpus", {"甲.txt": report_text("研发投入")}), tmp_path)
    os.kill(holder.pid, signal.SIGKILL)
    holder.join()
    holder.close()
    with write_lock(tmp_path):
        pass


def test_the_lock_holds_within_one_process_and_is_given_back(tmp_path: Path) -> None:
    with write_lock(tmp_path), pytest.raises(IndexLockedError), write_lock(tmp_path):
        pass
    with write_lock(tmp_path):
        pass


def test_the_lock_is_given_back_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), write_lock(tmp_path):
        raise ZeroDivisionError
    with write_lock(tmp_path):
        pass
