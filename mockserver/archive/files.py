"""Snapshots as files of one directory: ``<name>.json``, written whole or not at all.

::

    {"format": "mockserver-snapshot", "version": 1, "name": "…", "taken_at": "…Z", "state": {…}}
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from mockserver.archive.codec import kind_of, write
from mockserver.archive.findings import Found, problems_of
from mockserver.archive.keeper import BusinessKeeper, Keeper
from mockserver.archive.kinds import Kind, choice, text, whole
from mockserver.archive.snapshots import Snapshot, is_name, refuse_name
from mockserver.errors import NotFound, RuleBroken, SetupError
from mockserver.store import StoredWorld

FORMAT = "mockserver-snapshot"
VERSION = 1
_SUFFIX = ".json"


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in a file around the state."""

    format: str
    version: int
    name: str
    taken_at: datetime
    state: Any


_FREE = Kind(lambda value, _: value, {"type": "object"})
WRITTEN: Kind = kind_of(
    Written,
    {
        "format": choice((FORMAT,)),
        "version": whole(VERSION, VERSION),
        "name": text(64),
        "state": _FREE,
    },
)


class SnapshotFiles:
    """The snapshot files of a directory, which is made when the first one is written.

    Names are those of snapshots, so that none leads out of the directory; nor does a symbolic
    link in it. SetupError tells what the disk refuses.
    """

    def __init__(self, directory: Path, keeper: Keeper | None = None) -> None:
        """Take the directory, which need not exist yet; worlds are the business unless kept so."""
        self.directory = directory
        self._keeper = keeper or BusinessKeeper()

    def names(self) -> list[str]:
        """The names of all snapshot files, sorted; what else lies in the directory is left out."""
        try:
            paths = list(self.directory.glob(f"*{_SUFFIX}"))
        except OSError as error:
            raise _refused("listed", self.directory, error) from error
        files = [path for path in paths if path.is_file() and not path.is_symlink()]
        return sorted(path.stem for path in files if is_name(path.stem))

    def write(self, snapshot: Snapshot) -> Path:
        """Write a snapshot in place of an earlier one of its name, and give the path.

        A reader meets the old file or the new one, never half of one, even after a crash.
        """
        path = self._path(snapshot.name)
        content = snapshot_bytes(snapshot, self._keeper)
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            _replace(path, content)
        except OSError as error:
            raise _refused("written", path, error) from error
        return path

    def read(self, name: str, like: StoredWorld) -> Snapshot:
        """The snapshot in a file; what it leaves open is as in the world ``like``.

        Raises NotFound ``snapshot_not_found`` without the file, and RuleBroken as
        :func:`read_snapshot` does.
        """
        path = self._path(name)
        try:
            content = path.read_bytes()
        except FileNotFoundError as error:
            message = f"There is no snapshot file {path}: write it first."
            raise NotFound("snapshot_not_found", message, "name") from error
        except OSError as error:
            raise _refused("read", path, error) from error
        return read_snapshot(content, str(path), name, like, self._keeper)

    def delete(self, name: str) -> None:
        """Remove a file; NotFound when there is none."""
        path = self._path(name)
        try:
            path.unlink()
        except FileNotFoundError as error:
            message = f"There is no snapshot file {path}."
            raise NotFound("snapshot_not_found", message, "name") from error
        except OSError as error:
            raise _refused("removed", path, error) from error

    def _path(self, name: str) -> Path:
        refuse_name(name)
        path = self.directory / f"{name}{_SUFFIX}"
        if path.is_symlink():
            raise SetupError(
                f"{path} is a symbolic link: put a file there, or choose another name."
            )
        return path


def snapshot_bytes(snapshot: Snapshot, keeper: Keeper) -> bytes:
    """The content of a snapshot file; equal snapshots give the same bytes."""
    state = orjson.Fragment(keeper.dump_bytes(snapshot.kept, snapshot.taken_at))
    return write(Written(FORMAT, VERSION, snapshot.name, snapshot.taken_at, state)) + b"\n"


def read_snapshot(
    content: bytes, origin: str, name: str, like: StoredWorld, keeper: Keeper
) -> Snapshot:
    """The snapshot in the content of a file from ``origin``, under the name ``name``.

    Raises RuleBroken: ``invalid_snapshot`` when it is no snapshot of a version known here,
    ``invalid_state`` when the state in it is bad. ``like`` stays as it is.
    """
    try:
        value = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        message = f"{origin} is no JSON: {error.msg} ({place}). Write the snapshot again."
        raise RuleBroken("invalid_snapshot", message) from error
    found: Found = []
    written = WRITTEN.read(value, found)
    if found:
        first = problems_of(found)[0]
        raise RuleBroken("invalid_snapshot", f"{origin} is no snapshot: {first.message}")
    world = keeper.loaded(like, written.state)
    counts = {part: len(rows) for part, rows in world.collections.items()}
    return Snapshot(name, written.taken_at, counts, world)


def _replace(path: Path, content: bytes) -> None:
    """Put the content at the path in one step, and on the disk before that."""
    descriptor, name = tempfile.mkstemp(".tmp", f".{path.stem}.", path.parent)
    fresh = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.chmod(0o644)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    _settle(path.parent)


def _settle(directory: Path) -> None:
    """Bring the new name to the disk too, where the system lets a directory be opened."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(directory, os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _refused(done: str, path: Path, error: OSError) -> SetupError:
    reason = error.strerror or str(error)
    return SetupError(f"{path} cannot be {done}: {reason}. Choose another snapshot directory.")
