"""Believable values of any schema of a document, valid by construction and checked all the same."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from mockserver.contract.schemas import Compile, Dialect, Direction
from mockserver.contract.smallest import UnfillableError
from mockserver.engine.data.facts import Pools
from mockserver.engine.data.judging import Judge, Pointer, Verdict
from mockserver.engine.data.merging import Contradiction
from mockserver.engine.data.planning import Examples, Planner
from mockserver.engine.data.scalars import copied
from mockserver.engine.data.scene import MISSING, Plan, Scene
from mockserver.errors import SetupError
from mockserver.locales import is_known_locale

# How the attempts at one value differ: (plain, lean).
_ATTEMPTS = (
    (False, False),
    (False, False),
    (True, False),
    (False, True),
    (True, True),
    (True, True),
)
_REPAIRS = 12


class Maker:
    """Makes values for the schemas of one document: canonical OpenAPI 3.0 or 3.1.

    Everything comes from the stream of chance and the instant that a call brings: the same call on
    a maker of the same document gives the same value, whatever was asked before. Plans are made at
    the first use of a node and kept; validators come from `compile_later`, if it is given.
    SetupError for a locale that Faker does not have.
    """

    def __init__(
        self,
        document: dict[str, Any],
        *,
        dialect: Dialect,
        locale: str = "en_US",
        examples: Examples = "first",
        compile_later: Compile | None = None,
    ) -> None:
        if not is_known_locale(locale):
            raise SetupError(f"There is no locale {locale!r}: take one such as en_US or de_DE.")
        self._judge = Judge(document, dialect, compile_later)
        self._pools = Pools(locale)
        self._planners: Mapping[Direction, Planner] = {
            "request": Planner(self._judge, dialect, "request", examples),
            "response": Planner(self._judge, dialect, "response", examples),
        }

    def draw(
        self,
        schema: Any,
        chance: random.Random,
        *,
        now: datetime,
        name: str = "",
        parent: str = "",
        direction: Direction = "response",
        given: Mapping[str, Any] | None = None,
    ) -> Any:
        """A value that the schema takes, with every optional member that there is room for.

        `schema` is a node of the document, whose `$ref`s point into it. `name` and `parent` say
        what the value is and what has it (`email` of a `customer`), where the schema itself does
        not. `given` members are kept where the schema allows them, and the rest agrees with them.
        Nothing is returned unchecked: UnfillableError when no valid value is found.
        """
        kept = MISSING if given is None else dict(given)
        scene = Scene(chance, now, self._pools)
        return self._made(schema, scene, name, parent, direction, kept)

    def project(
        self,
        schema: Any,
        value: Any,
        chance: random.Random,
        *,
        now: datetime,
        name: str = "",
        parent: str = "",
        direction: Direction = "response",
        fill: Literal["all", "required"] = "all",
    ) -> Any:
        """The value made to fit the schema.

        Keeps what is allowed, drops what is forbidden, fills what is missing, replaces what is
        invalid; `5` and `"5"` are taken for each other. Missing members with a default get it.
        `fill` says which other members are filled: all that the schema names, or those that are
        required or readOnly. UnfillableError as for `draw`.
        """
        scene = Scene(chance, now, self._pools, fills=fill == "all")
        return self._made(schema, scene, name, parent, direction, value)

    def _made(
        self,
        schema: Any,
        scene: Scene,
        name: str,
        parent: str,
        direction: Direction,
        given: Any,
    ) -> Any:
        planner = self._planners[direction]
        verdict = self._judge.verdict(schema, direction)
        found = _found(planner.slot(schema, name, parent), scene, verdict, given)
        if found is not MISSING:
            return found
        documented = next((v for v in planner.documented(schema) if verdict.is_valid(v)), MISSING)
        if documented is not MISSING:
            return copied(documented)
        what = f"'{name}'" if name else "the schema"
        raise UnfillableError(
            f"No value that {what} takes was found: its rules may contradict each other, or an "
            "example that keeps to them would help."
        )


def _found(plan: Plan, scene: Scene, verdict: Verdict, given: Any) -> Any:
    """A valid value that keeps as much as it may of what is given; MISSING when there is none."""
    kept = copied(given)
    for _ in range(_REPAIRS):
        for plain, lean in _ATTEMPTS:
            found, troubles = _attempt(plan, scene, verdict, kept, plain=plain, lean=lean)
            if found is not MISSING:
                return found
            removed = [_removed(kept, trouble) for trouble in reversed(troubles)]
            if kept is not MISSING and any(removed):
                break
        else:
            break
    scene.fills = True
    return MISSING if given is MISSING else _found(plan, scene, verdict, MISSING)


def _attempt(
    plan: Plan, scene: Scene, verdict: Verdict, given: Any, *, plain: bool, lean: bool
) -> tuple[Any, list[Pointer]]:
    """A valid value, or MISSING and where the value is wrong that would have been it."""
    scene.start_over()
    before = scene.plain, scene.lean
    scene.plain, scene.lean = plain, lean
    try:
        value = plan.make(scene, given)
    except (Contradiction, RecursionError):
        return MISSING, []
    finally:
        scene.plain, scene.lean = before
    if verdict.is_valid(value):
        return value, []
    troubles = verdict.troubles(value)
    return _repaired(value, verdict), troubles


def _repaired(value: Any, verdict: Verdict) -> Any:
    """The value without the parts that break the schema, where that mends it; else MISSING."""
    value = copied(value)
    for _ in range(_REPAIRS):
        troubles = verdict.troubles(value)
        if not troubles:
            return value
        if not any(_removed(value, pointer) for pointer in sorted(troubles, key=len, reverse=True)):
            return MISSING
    return MISSING


def _removed(value: Any, pointer: Pointer) -> bool:
    """Whether the part that a pointer leads to could be taken out of the value."""
    if not pointer:
        return False
    holder = value
    for part in pointer[:-1]:
        try:
            holder = holder[part]
        except (KeyError, IndexError, TypeError):
            return False
    last = pointer[-1]
    is_there = isinstance(holder, dict) and last in holder
    is_item = isinstance(holder, list) and isinstance(last, int) and last < len(holder)
    if is_there or is_item:
        del holder[last]
    return is_there or is_item
