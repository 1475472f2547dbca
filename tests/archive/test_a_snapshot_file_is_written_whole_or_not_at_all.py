from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import orjson
import pytest

from mockserver.archive import Snapshot, SnapshotFiles, dump_bytes
from mockserver.clock import Clock
from mockserver.domain.world import World, business
from mockserver.errors import BadRequest, NotFound, RuleBroken, SetupError
from tests.archive.journeys import a_lived_world, travel
from tests.archive.test_a_snapshot_can_be_restored_again_and_again import NO_NAMES
from tests.domain.business import a_world, at


@pytest.fixture
def files(tmp_path: Path) -> SnapshotFiles:
    return SnapshotFiles(tmp_path / "deep" / "snapshots")


def blank() -> World:
    return World.empty("blank", seed=99, clock=Clock.frozen(at("2001-01-01T00:00:00Z")))


def edited(files: SnapshotFiles, **members: Any) -> None:
    """A good file under the name ``edited``, with some members changed."""
    path = files.write(Snapshot.of("edited", a_world()))
    path.write_bytes(orjson.dumps({**orjson.loads(path.read_bytes()), **members}))


def test_a_world_goes_on_from_a_file_as_it_would_have(files: SnapshotFiles) -> None:
    world = a_lived_world()
    files.write(Snapshot.of("start", world))
    read = files.read("start", blank())
    assert dump_bytes(read.kept) == dump_bytes(world)
    assert (read.name, read.taken_at) == ("start", world.now())
    assert read.counts == Snapshot.of("start", world).counts
    assert dump_bytes(travel(business(read.kept), 3)) == dump_bytes(travel(world, 3))


def test_the_world_it_is_read_beside_stays_as_it_is(files: SnapshotFiles) -> None:
    files.write(Snapshot.of("start", a_lived_world()))
    beside = blank()
    before = dump_bytes(beside)
    files.read("start", beside)
    assert dump_bytes(beside) == before


def test_the_same_world_gives_the_same_file(files: SnapshotFiles) -> None:
    first = files.write(Snapshot.of("one", a_lived_world())).read_bytes()
    assert files.write(Snapshot.of("one", a_lived_world())).read_bytes() == first
    assert first.startswith(b'{"format":"mockserver-snapshot","version":1,"name":"one",')
    assert first.endswith(b"}\n")


def test_writing_leaves_nothing_but_the_file(files: SnapshotFiles) -> None:
    path = files.write(Snapshot.of("one", a_world()))
    assert list(files.directory.iterdir()) == [path]
    assert path == files.directory / "one.json"


def test_a_write_that_fails_leaves_the_old_file(
    files: SnapshotFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = files.write(Snapshot.of("one", a_world())).read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SetupError, match=r"one\.json cannot be written: No space left on device"):
        files.write(Snapshot.of("one", a_lived_world()))
    assert [path.read_bytes() for path in files.directory.iterdir()] == [old]


def test_names_are_those_of_snapshots(files: SnapshotFiles) -> None:
    assert files.names() == []
    for name in ("b", "a"):
        files.write(Snapshot.of(name, a_world()))
    (files.directory / "not a name.json").touch()
    (files.directory / "notes.txt").touch()
    (files.directory / "folder.json").mkdir()
    assert files.names() == ["a", "b"]


def test_one_that_was_deleted_is_not_found(files: SnapshotFiles) -> None:
    files.write(Snapshot.of("one", a_world()))
    files.delete("one")
    with pytest.raises(NotFound, match="no snapshot file"):
        files.delete("one")
    with pytest.raises(NotFound, match="no snapshot file"):
        files.read("one", a_world())


@pytest.mark.parametrize("name", [*NO_NAMES, "../one", "/etc/passwd"])
def test_no_name_leads_out_of_the_directory(files: SnapshotFiles, name: str) -> None:
    for call in (lambda: files.read(name, a_world()), lambda: files.delete(name)):
        with pytest.raises(BadRequest, match="names no snapshot"):
            call()
    with pytest.raises(BadRequest, match="names no snapshot"):
        Snapshot.of(name, a_world())


def test_no_link_leads_out_of_the_directory(files: SnapshotFiles, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.write_bytes(files.write(Snapshot.of("one", a_world())).read_bytes())
    (files.directory / "link.json").symlink_to(elsewhere)
    with pytest.raises(SetupError, match="symbolic link"):
        files.read("link", a_world())
    assert files.names() == ["one"]


def test_a_directory_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SetupError, match=r"cannot be written: .*Choose another snapshot directory"):
        SnapshotFiles(tmp_path / "file").write(Snapshot.of("one", a_world()))


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"version": 2}, r"edited\.json is no snapshot: version is 2"),
        ({"format": "zip"}, "is no snapshot: format is 'zip'"),
        ({"taken_at": None}, "is no snapshot: taken_at is null"),
        ({"extra": 1}, "is no snapshot: extra is not known"),
    ],
)
def test_another_format_is_told(files: SnapshotFiles, members: Any, message: str) -> None:
    edited(files, **members)
    with pytest.raises(RuleBroken, match=message) as caught:
        files.read("edited", a_world())
    assert caught.value.code == "invalid_snapshot"


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 100_000, b'{"version": 1}'])
def test_what_is_no_snapshot_is_told(files: SnapshotFiles, content: bytes) -> None:
    files.write(Snapshot.of("one", a_world())).write_bytes(content)
    with pytest.raises(RuleBroken, match=r"one\.json is no") as caught:
        files.read("one", a_world())
    assert caught.value.code == "invalid_snapshot"


def test_a_bad_state_in_a_file_is_refused_with_its_places(files: SnapshotFiles) -> None:
    edited(files, state={"customers": [{"id": 1}]})
    with pytest.raises(RuleBroken) as caught:
        files.read("edited", a_world())
    assert "customers/0/id" in [problem.field for problem in caught.value.problems]
