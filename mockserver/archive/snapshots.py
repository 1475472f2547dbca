"""Snapshots of one world, kept in memory: forks, which share every row that did not change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mockserver.archive.findings import shown
from mockserver.errors import BadRequest, Conflict, NotFound
from mockserver.store import StoredWorld

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A world as it was at ``taken_at``, by its own clock, with the number of rows it held.

    ``kept`` is not for use: fork it.
    """

    name: str
    taken_at: datetime
    counts: Mapping[str, int] = field(repr=False)
    kept: StoredWorld = field(repr=False)

    @classmethod
    def of(cls, name: str, world: StoredWorld) -> Snapshot:
        """A snapshot of what a world holds now; BadRequest for a name that is none."""
        refuse_name(name)
        counts = {part: len(rows) for part, rows in world.collections.items()}
        return cls(name, world.now(), counts, world.fork(world.name))


class Snapshots:
    """The snapshots of one world by name, oldest first. An unused one weighs next to nothing."""

    __slots__ = ("_by_name", "_most")

    def __init__(self, most: int = 100) -> None:
        """Keep at most so many snapshots at once."""
        self._most = most
        self._by_name: dict[str, Snapshot] | None = None

    def __iter__(self) -> Iterator[Snapshot]:
        """Every snapshot, in the order in which they were taken."""
        return iter(tuple((self._by_name or {}).values()))

    def __len__(self) -> int:
        """The number of snapshots."""
        return len(self._by_name or ())

    def take(self, name: str, world: StoredWorld) -> Snapshot:
        """Keep what the world holds now under a name; an earlier snapshot of that name goes.

        Raises BadRequest ``invalid_snapshot_name``, or Conflict ``too_many_snapshots``.
        """
        return self.keep(Snapshot.of(name, world))

    def keep(self, snapshot: Snapshot) -> Snapshot:
        """Keep a snapshot that was taken elsewhere, such as one read from a file."""
        kept = self._by_name or {}
        if snapshot.name not in kept and len(kept) >= self._most:
            raise Conflict(
                "too_many_snapshots",
                f"There are {self._most} snapshots of this world: delete one, or take one of the "
                "same name again.",
                "name",
            )
        kept.pop(snapshot.name, None)
        kept[snapshot.name] = snapshot
        self._by_name = kept
        return snapshot

    def get(self, name: str) -> Snapshot:
        """The snapshot of a name; NotFound ``snapshot_not_found`` when there is none."""
        found = (self._by_name or {}).get(name)
        if found is None:
            known = ", ".join(sorted(self._by_name or ())[:20]) or "none"
            message = f"There is no snapshot {shown(name)} of this world (there are: {known})."
            raise NotFound("snapshot_not_found", message, "name")
        return found

    def restore(self, name: str) -> StoredWorld:
        """A world that goes on from the snapshot, which stays as it is and can be restored again.

        A frozen clock stands where it stood; a running one shows the wall's time, or as far ahead
        of it as it was.
        """
        kept = self.get(name).kept
        return kept.fork(kept.name)

    def delete(self, name: str) -> Snapshot:
        """Forget a snapshot and give it; NotFound when there is none."""
        found = self.get(name)
        assert self._by_name is not None
        del self._by_name[name]
        return found

    def clear(self) -> None:
        """Forget every snapshot."""
        self._by_name = None


def is_name(name: str) -> bool:
    """Whether a text can name a snapshot, and the file of one."""
    return _NAME.fullmatch(name) is not None


def refuse_name(name: str) -> None:
    """Raise BadRequest ``invalid_snapshot_name`` unless it can name a snapshot, and a file."""
    if not is_name(name):
        raise BadRequest(
            "invalid_snapshot_name",
            f"{shown(name)} names no snapshot: use 1 to 64 letters, digits, '.', '_' or '-', "
            "a letter or digit first.",
            "name",
        )
