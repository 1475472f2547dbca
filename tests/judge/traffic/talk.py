"""A small contract, and exchanges as a recorder writes them down."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from contract_tests.contract import Contract, load_contract
from contract_tests.packs.traffic import Traffic
from contract_tests.packs.traffic.har import read_har
from contract_tests.results import RunResult

Json = Any
BASE = "http://api.test"
ID = "a1b2"
KEY = ("X-Key", "secret-key")

SMALL = """
openapi: 3.0.3
info: {title: pets, version: 1.0.0}
servers: [{url: /}]
security: [{Key: []}]
paths:
  /pets:
    get:
      operationId: listPets
      parameters:
        - {name: limit, in: query, schema: {type: integer, minimum: 1}}
        - {name: tags, in: query, explode: false, schema: {type: array, items: {enum: [a, b]}}}
      responses:
        "200":
          description: ok
          headers:
            X-Total: {required: true, schema: {type: integer}}
          content:
            application/json:
              schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}
        "400": {$ref: "#/components/responses/Problem"}
        "401": {$ref: "#/components/responses/Problem"}
    post:
      operationId: createPet
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: "#/components/schemas/Pet"}
      responses:
        "201":
          description: made
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Pet"}
        "400": {$ref: "#/components/responses/Problem"}
        "409": {$ref: "#/components/responses/Problem"}
  /pets/{id}:
    delete:
      operationId: deletePet
      parameters:
        - {name: id, in: path, required: true, schema: {type: string, maxLength: 4}}
      responses:
        "204": {description: gone}
        "404": {$ref: "#/components/responses/Problem"}
components:
  securitySchemes:
    Key: {type: apiKey, in: header, name: X-Key}
  responses:
    Problem:
      description: no
      content:
        application/json:
          schema: {type: object, required: [error], properties: {error: {type: string}}}
  schemas:
    Pet:
      type: object
      additionalProperties: false
      required: [id, name]
      properties:
        id: {type: string, readOnly: true}
        name: {type: string, maxLength: 10}
        secret: {type: string, writeOnly: true}
        owner: {type: string, nullable: true}
"""


def contract(folder: Path) -> Contract:
    path = folder / "pets.yaml"
    path.write_text(SMALL)
    return load_contract(path)


def pairs(headers: dict[str, str]) -> Json:
    return [{"name": name, "value": value} for name, value in headers.items()]


def entry(
    request: str,
    status: int,
    answer: Json = None,
    *,
    body: Json = None,
    sent: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
    base: str = BASE,
    **more: Json,
) -> Json:
    """An entry of a HAR: `request` is method and target, bodies are JSON or text as they are."""
    method, target = request.split(" ", 1)
    asked: Json = {"method": method, "url": base + target,
                   "headers": pairs({KEY[0]: KEY[1]} if sent is None else sent)}  # fmt: skip
    if body is not None:
        asked["headers"] += pairs({"Content-Type": "application/json"})
        asked["postData"] = {"mimeType": "application/json", "text": text(body)}
    kind = {} if answer is None else {"Content-Type": "application/json"}
    answered = {
        "status": status,
        "headers": pairs({**kind, **(headers or {})}),
        "content": {"size": 0} if answer is None else {"text": text(answer), "size": 1},
    }
    return {"request": asked, "response": answered, **more}


def text(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def har(*entries: Json) -> Json:
    return {"log": {"version": "1.2", "entries": list(entries)}}


def traffic(*entries: Json) -> Traffic:
    return read_har(har(*entries), "talk.har")


def said(result: RunResult) -> list[str]:
    """Code, operation and subject of every finding."""
    return sorted(
        f"{each.code.removeprefix('traffic.')} {each.operation} {each.subject}".strip()
        for each in result.findings
    )
