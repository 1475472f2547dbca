"""A small contract, and exchanges of it with everything ordinary filled in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from typing import Any

import orjson

from mockserver.contract import Contract, Operation, Violation, build_contract, load_document
from mockserver.traffic import Journal, Recorded, Verdict, breaches_of

AT = datetime(2026, 2, 20, 15, 0, 0, tzinfo=UTC)
JSON = {"content-type": "application/json"}

SMALL = """
openapi: 3.0.3
info: {title: small, version: "1"}
paths:
  /pets:
    parameters:
      - {name: X-Trace, in: header, schema: {type: string}}
      - {name: session, in: cookie, schema: {type: string}}
    get:
      operationId: listPets
      tags: [pets]
      parameters:
        - {name: kind, in: query, schema: {type: string, enum: [cat, dog]}}
        - {name: size, in: query, schema: {type: integer, enum: [1, 2]}}
        - name: colours
          in: query
          explode: false
          schema: {type: array, items: {type: string, enum: [red, blue]}}
        - {name: old, in: query, deprecated: true, schema: {type: string}}
      responses:
        "200": {description: ok}
        4XX: {description: wrong}
    post:
      operationId: createPet
      tags: [pets]
      requestBody:
        content:
          application/json:
            schema: {$ref: "#/components/schemas/Pet"}
      responses:
        "201": {description: ok}
        "400": {description: wrong}
  /pets/{id}:
    delete:
      operationId: deletePet
      deprecated: true
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
      responses:
        "204": {description: gone}
components:
  schemas:
    Pet:
      type: object
      properties:
        state: {type: string, readOnly: true, enum: [alive]}
        kind: {type: string, enum: [cat, dog]}
        chipped: {type: boolean}
        mother: {$ref: "#/components/schemas/Pet"}
        tags: {type: array, items: {enum: [1, true, null, "x"]}}
        food: {oneOf: [{$ref: "#/components/schemas/Dry"}, {$ref: "#/components/schemas/Wet"}]}
        looks: {type: object, additionalProperties: {type: string, enum: [good, bad]}}
      anyOf:
        - required: [kind]
        - properties: {chipped: {type: boolean, enum: [false]}}
    Dry: {type: object, properties: {form: {type: string, enum: [dry]}}}
    Wet: {type: object, properties: {form: {type: string, enum: [wet]}}}
"""


@cache
def small_contract() -> Contract:
    return build_contract(load_document(SMALL, "small"), SMALL)


def operation(name: str) -> Operation:
    return next(o for o in small_contract().operations if o.operation_id == name)


def record(
    journal: Journal,
    method: str = "GET",
    path: str = "/pets",
    query: str = "",
    headers: dict[str, str] | None = None,
    body: bytes = b"",
    *,
    status: int | None = 200,
    returned: dict[str, str] | None = None,
    answer: bytes = b"",
    operation: Operation | None = None,
    verdict: Verdict = "valid",
    duration_us: int = 0,
    violations: Iterable[Violation] = (),
    faults: tuple[str, ...] = (),
    preferences: tuple[str, ...] = (),
    explanation: Any = None,
) -> Recorded:
    return journal.add(
        Recorded(
            journal.last + 1,
            "default",
            AT,
            operation.operation_id if operation else None,
            operation.tag if operation else None,
            method,
            path,
            query,
            headers or {},
            body,
            len(body),
            status,
            returned or {},
            answer,
            len(answer),
            duration_us,
            verdict,
            breaches_of(violations),
            faults,
            preferences,
            None if explanation is None else orjson.dumps(explanation),
        )
    )
