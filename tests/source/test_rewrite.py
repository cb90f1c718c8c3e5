"""Writing to files that others may write to: nothing is lost, and nothing is half there."""

import os
import threading
import time
from pathlib import Path

import pytest

from cardkit.ground.errors import CardkitError
from cardkit.source.new_folder import write_folder
from cardkit.source.rewrite import STALE_SECONDS, create, rewrite

UPDATES = 40


def test_a_file_that_changed_since_it_was_read_is_not_written(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("theirs\n", encoding="utf-8")
    with pytest.raises(CardkitError, match="changed since it was read"):
        rewrite(file, b"old\n", "mine\n")
    assert file.read_text(encoding="utf-8") == "theirs\n"


def test_two_writers_lose_no_update(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("0", encoding="utf-8")

    def count() -> None:
        done = 0
        while done < UPDATES:
            before = file.read_bytes()
            try:
                rewrite(file, before, str(int(before) + 1))
            except CardkitError:
                continue
            done += 1

    writers = [threading.Thread(target=count) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert file.read_text(encoding="utf-8") == str(2 * UPDATES)


def test_what_killed_writers_left_is_swept_once_it_is_old(tmp_path: Path) -> None:
    file, old, young = (tmp_path / name for name in ("a.yaml", ".cardkit-old.tmp", ".cardkit-young.tmp"))
    for path in (file, old, young):
        path.write_text("x", encoding="utf-8")
    long_ago = time.time() - STALE_SECONDS - 1
    os.utime(old, (long_ago, long_ago))
    rewrite(file, b"x", "y")
    assert (old.exists(), young.exists()) == (False, True)


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("x", encoding="utf-8")
    (tmp_path / "a.yaml").symlink_to(outside)
    with pytest.raises(CardkitError):
        rewrite(tmp_path / "a.yaml", b"x", "y")
    assert outside.read_text(encoding="utf-8") == "x"


def test_a_new_file_never_replaces_one(tmp_path: Path) -> None:
    create(tmp_path / "cards" / "a.yaml", "one\n")
    with pytest.raises(CardkitError, match="exists already"):
        create(tmp_path / "cards" / "a.yaml", "two\n")
    assert (tmp_path / "cards" / "a.yaml").read_text(encoding="utf-8") == "one\n"


def test_a_folder_that_can_t_be_finished_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="File name too long"):
        write_folder(tmp_path / "new", {"catalog.yaml": "a: 1\n", "x" * 300: "b"})
    assert list(tmp_path.iterdir()) == []
