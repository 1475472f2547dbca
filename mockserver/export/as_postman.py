"""A Postman collection (v2.1): each operation as a request, with the answers it may get.

Bruno, Insomnia and newman read it, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from mockserver.contract import Contract, Operation
from mockserver.contract.examples import parameter_example, response_examples
from mockserver.export.as_json import line, rows_text
from mockserver.export.dataset import Dataset
from mockserver.export.recorder import ADDRESS, Call, Recorded

_FORM = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
_BEARER = "Bearer "
Json = dict[str, Any]


def postman_files(dataset: Dataset) -> dict[str, str]:
    """`collection.json`: a folder for each tag, `baseUrl` and the tokens as variables."""
    return {"postman/collection.json": _collection(dataset)}


def _collection(dataset: Dataset) -> str:
    """The text, with one request on each line."""
    operations = dataset.contract.operations
    info = {
        "name": dataset.contract.title,
        "description": f"mockserver serve {dataset.recipe.flags}",
        "schema": _FORM,
    }
    folders = ",\n".join(
        f'{{"name":{line(tag)},"item":{rows_text(_items(dataset, tag))}}}'
        for tag in dict.fromkeys(each.tag for each in operations)
    )
    variables = line([*_pairs(_variables(dataset))])
    return f'{{"info":{line(info)},"variable":{variables},"item":[\n{folders}\n]}}\n'


def _variables(dataset: Dataset) -> dict[str, str]:
    """`baseUrl`, and what each scheme was recorded with."""
    tokens = {
        _token(each): dataset.examples[each.operation_id].call.headers["Authorization"]
        for each in dataset.contract.operations
        if each.security
    }
    return {"baseUrl": ADDRESS} | {n: sent.removeprefix(_BEARER) for n, sent in tokens.items()}


def _items(dataset: Dataset, tag: str) -> Iterator[Json]:
    for operation in dataset.contract.operations:
        if operation.tag == tag:
            yield _item(dataset, operation)


def _item(dataset: Dataset, operation: Operation) -> Json:
    recorded = dataset.examples[operation.operation_id]
    request = _request(dataset.contract, operation, recorded.call)
    return {
        "name": operation.summary or operation.operation_id,
        "request": {**request, "description": operation.operation_id},
        "response": list(_responses(dataset.contract, operation, recorded, request)),
    }


def _request(contract: Contract, operation: Operation, call: Call) -> Json:
    """The recorded call; query parameters that it does not use are there, switched off."""
    request: Json = {
        "method": call.method,
        "header": _pairs({n: v for n, v in call.headers.items() if n != "Authorization"}),
        "url": _url(contract, operation, call),
    }
    if operation.security:
        token = {"key": "token", "value": f"{{{{{_token(operation)}}}}}", "type": "string"}
        request["auth"] = {"type": "bearer", "bearer": [token]}
    if call.body is not None:
        raw = json.dumps(call.body, indent=2, ensure_ascii=False)
        request["body"] = {"mode": "raw", "raw": raw, "options": {"raw": {"language": "json"}}}
    return request


def _url(contract: Contract, operation: Operation, call: Call) -> Json:
    target = urlsplit(call.target)
    sent = target.path.split("/")[1:]
    path = operation.path.split("/")[1:]
    values = {name: sent[at] for name, at in operation.path_names}
    for name, at in operation.path_names:
        path[at] = f":{name}"
    used = parse_qsl(target.query, keep_blank_values=True)
    shown = "?" + target.query if used else ""
    url: Json = {
        "raw": f"{{{{baseUrl}}}}/{'/'.join(path)}{shown}",
        "host": ["{{baseUrl}}"],
        "path": path,
    }
    query = [*_pairs(dict(used)), *_unused(contract, operation, {name for name, _ in used})]
    if query:
        url["query"] = query
    if values:
        url["variable"] = _pairs(values)
    return url


def _unused(contract: Contract, operation: Operation, used: set[str]) -> Iterator[Json]:
    for parameter in operation.located["query"]:
        if parameter.name not in used:
            value = parameter_example(contract, operation, parameter)
            text = value if isinstance(value, str) else json.dumps(value)
            yield {"key": parameter.name, "value": text, "disabled": True}


def _responses(
    contract: Contract, operation: Operation, recorded: Recorded, request: Json
) -> Iterator[Json]:
    """The recorded answer, then those that the contract documents with other statuses."""
    kind = recorded.headers.get("content-type", "")
    answer = _response(recorded.status, kind, recorded.text)
    yield {"name": "as recorded", "originalRequest": request, **answer}
    for status in map(int, filter(str.isdecimal, operation.responses)):
        for each in response_examples(contract, operation, status):
            if each.documented and status != recorded.status:
                name = each.name or HTTPStatus(status).phrase
                text = json.dumps(each.value, ensure_ascii=False)
                yield {"name": name, **_response(status, each.media_type, text)}
                break


def _response(status: int, content_type: str, text: str) -> Json:
    return {
        "status": HTTPStatus(status).phrase,
        "code": status,
        "_postman_previewlanguage": "json" if "json" in content_type else "text",
        "header": _pairs({"Content-Type": content_type} if content_type else {}),
        "cookie": [],
        "body": text,
    }


def _token(operation: Operation) -> str:
    """The variable that holds the token of an operation: its first scheme, as `otesseKey`."""
    name = operation.security[0].schemes[0].name
    return name[:1].lower() + name[1:]


def _pairs(values: Mapping[str, str]) -> list[Json]:
    return [{"key": name, "value": value} for name, value in values.items()]
