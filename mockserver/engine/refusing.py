"""Refusals in the document's own words: its error schema, filled so that it tells what is wrong."""

from __future__ import annotations

from functools import partial
from typing import Any

from mockserver.contract import Operation, Reply
from mockserver.engine.data import Maker, UnfillableError
from mockserver.engine.names import plain
from mockserver.engine.replies import Printer, Source
from mockserver.engine.world import World

Json = Any
_DEEPEST = 4
_MESSAGES = ("message", "detail", "error", "errormessage", "errordescription", "description",
             "reason", "msg", "title", "userMessage", "developermessage", "text", "summary",
             "details", "errors")  # fmt: skip
_CODES = ("code", "errorcode", "type", "name", "id", "key", "error", "title")
_STATUSES = ("status", "statuscode", "httpstatus", "httpcode", "code", "httpstatuscode",
             "errorcode", "error")  # fmt: skip
_LISTS = ("errors", "violations", "details", "issues", "problems", "fielderrors", "messages",
          "validationerrors", "detail", "invalidparams", "error")  # fmt: skip
_POINTERS = ("pointer", "field", "path", "param", "parameter", "property", "source", "loc",
             "target", "attribute", "fieldname", "name")  # fmt: skip


class Refuser:
    """Fills error schemas."""

    def __init__(self, printer: Printer, maker: Maker) -> None:
        self._printer, self._maker = printer, maker

    def refusal(
        self,
        operation: Operation,
        world: World,
        status: int,
        code: str,
        message: str,
        violations: list[dict[str, str]],
    ) -> Reply | None:
        """The declared answer for a status that is no success; None when there is none."""
        rule = operation.response_for(status)
        if rule is None:
            return None
        form = self._printer.form_as(operation, status, rule.status)
        stream = partial(world.ids.stream, f"{operation.uid}!{status}{code}{message}")
        told = _Told(self._printer, status, code, message, violations)
        value = told.fill(form.content.schema) if form.is_json else message
        try:
            return self._printer.written(form, value, Source(stream, world.now()), {})
        except UnfillableError:
            return None


class _Told:
    """One refusal, put into whatever members a schema has for it."""

    def __init__(
        self,
        printer: Printer,
        status: int,
        code: str,
        message: str,
        violations: list[dict[str, str]],
    ) -> None:
        self._shapes = printer.shapes
        self._status, self._code, self._message = status, code, message
        self._violations = violations

    def fill(self, schema: Json, violation: dict[str, str] | None = None, depth: int = 0) -> Json:
        """What is known of the refusal in the form of a schema, which may ask for more."""
        shape = self._shapes.flat(schema)
        if shape.kind == "string":
            return violation["message"] if violation else self._message
        if shape.kind == "array":
            return self._several(shape.items, depth)
        if not shape.members:
            return self._plain(violation)
        found = {
            name: self._member(name, node, violation, depth) for name, node in shape.members.items()
        }
        return {name: value for name, value in found.items() if value is not None}

    def _several(self, items: Json, depth: int) -> list[Json]:
        if depth > _DEEPEST:
            return []
        told: list[dict[str, str] | None] = [*self._violations] or [None]
        return [self.fill(items, each, depth + 1) for each in told]

    def _plain(self, violation: dict[str, str] | None) -> dict[str, Json]:
        if violation is not None:
            return dict(violation)
        return {"code": self._code, "message": self._message, "status": self._status}

    def _member(self, name: str, node: Json, violation: dict[str, str] | None, depth: int) -> Json:
        """The value of one member; None when nothing is known of it."""
        shape, bare = self._shapes.flat(node), plain(name)
        if shape.enum:
            return self._of_enum(shape.enum)
        if shape.kind in ("integer", "number"):
            return self._status if bare in _STATUSES else None
        if shape.kind == "array":
            return self._several(shape.items, depth) if bare in _LISTS else None
        if shape.kind == "object" and shape.members:
            is_told = bare in (*_LISTS, "meta", "data", "fault", "status")
            return self.fill(node, violation, depth + 1) if is_told and depth < _DEEPEST else None
        return self._text(bare, violation) if shape.kind in ("string", "") else None

    def _text(self, name: str, violation: dict[str, str] | None) -> str | None:
        message = violation["message"] if violation else self._message
        if violation is not None and name in _POINTERS:
            return violation["pointer"]
        if violation is not None and name in ("location", "in"):
            return violation["location"]
        if name in ("code", "errorcode"):
            return violation["code"] if violation else self._code
        if name in ("status", "statuscode", "httpstatus"):
            return str(self._status)
        if name in ("title", "type", "name"):
            return {"title": self._code.replace("_", " ").capitalize(), "type": "about:blank"}.get(
                name, self._code
            )
        return message if name in _MESSAGES else None

    def _of_enum(self, enum: tuple[Json, ...]) -> Json:
        """The member of an enumeration that says what happened, if there is one."""
        wanted = (plain(self._code), str(self._status))
        return next((each for each in enum if plain(str(each)) in wanted), None)
