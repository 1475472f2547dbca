"""The Postman collection: each operation once, as it was recorded, with answers that there are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote_plus

from mockserver.export.dataset import Dataset
from mockserver.export.recorder import ADDRESS
from tests.export.conftest import EXPORT

COLLECTION: dict[str, Any] = json.loads((EXPORT / "postman" / "collection.json").read_text("utf-8"))
VARIABLES = {each["key"]: each["value"] for each in COLLECTION["variable"]}


def items() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each request with the name of its folder."""
    for folder in COLLECTION["item"]:
        for item in folder["item"]:
            yield folder["name"], item


def filled(text: str) -> str:
    """A text with the variables of the collection in it; KeyError for one that is not there."""
    return re.sub(r"{{(\w+)}}", lambda found: VARIABLES[found[1]], text)


def target(url: Mapping[str, Any]) -> str:
    """Where a request goes, as Postman makes it of the parts."""
    values = {each["key"]: each["value"] for each in url.get("variable", ())}
    path = [values[part[1:]] if part.startswith(":") else part for part in url["path"]]
    used = [each for each in url.get("query", ()) if not each.get("disabled")]
    query = "&".join(f"{each['key']}={quote_plus(each['value'])}" for each in used)
    return "/" + "/".join(path) + (f"?{query}" if query else "")


def headers(request: Mapping[str, Any]) -> dict[str, str]:
    """The headers of a request, that of its token included."""
    sent = {each["key"]: each["value"] for each in request["header"]}
    if "auth" in request:
        (token,) = request["auth"]["bearer"]
        sent["Authorization"] = f"Bearer {filled(token['value'])}"
    return sent


def test_each_operation_is_a_request_in_the_folder_of_its_tag(dataset: Dataset) -> None:
    expected = sorted((each.tag, each.operation_id) for each in dataset.contract.operations)
    assert sorted((tag, item["request"]["description"]) for tag, item in items()) == expected


def test_each_request_is_the_recorded_one_once_its_variables_are_filled(dataset: Dataset) -> None:
    assert VARIABLES["baseUrl"] == ADDRESS
    for _, item in items():
        request, call = item["request"], dataset.examples[item["request"]["description"]].call
        assert (request["method"], target(request["url"])) == (call.method, call.target)
        assert headers(request) == dict(call.headers)
        assert json.loads(request.get("body", {"raw": "null"})["raw"]) == call.body
        assert filled("".join(request["url"]["host"])) == ADDRESS


def test_parameters_that_are_not_sent_are_at_hand(dataset: Dataset) -> None:
    declared = {each.operation_id: each.located["query"] for each in dataset.contract.operations}
    for _, item in items():
        shown = [each["key"] for each in item["request"]["url"].get("query", ())]
        names = {each.name for each in declared[item["request"]["description"]]}
        assert sorted(shown) == sorted(names)


def test_each_answer_is_one_that_the_contract_declares(dataset: Dataset) -> None:
    by_id = {each.operation_id: each for each in dataset.contract.operations}
    for _, item in items():
        operation = by_id[item["request"]["description"]]
        codes = [response["code"] for response in item["response"]]
        assert len(codes) == len(set(codes)) > 1
        for response in item["response"]:
            rule = operation.response_for(response["code"])
            assert rule is not None
            for each in response["header"]:
                validator = rule.media_types[each["value"].partition(";")[0]]
                assert validator.is_valid(json.loads(response["body"]))


def test_it_says_what_it_is() -> None:
    assert COLLECTION["info"]["name"] == "Service business"
    assert COLLECTION["info"]["schema"].endswith("/v2.1.0/collection.json")
