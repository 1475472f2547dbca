"""What peers are given: this server's own customers, and its contract with examples of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import httpx
import yaml

from benchmarks.operations import JOHN, LISTED, TOKEN

ROOT = Path(__file__).parents[1]
CONTRACT = ROOT / "openapi.yaml"
CUSTOMERS_FILE = "customers.json"
DATABASE_FILE = "database.json"
STATIC_CONTRACT_FILE = "contract.json"
SIMPLE_CONTRACT_FILE = "simple-contract.json"
# Records that break the contract, to see who lets them out.
BROKEN_CUSTOMER = "cust_BROKEN"
BROKEN_INVOICE = "/v1/invoices/inv_01HQ3K5M7N"
_MOST_MANY = 200
_PER_PAGE = 100
_JSON = "application/json"


def customers(port: int) -> list[dict[str, Any]]:
    """Every customer of a server of ours, in the order of its list, as full records."""
    headers = {"Authorization": TOKEN}
    url = f"http://127.0.0.1:{port}/v1/customers"
    with httpx.Client(headers=headers, trust_env=False) as client:
        pages = client.get(url, params={"per_page": _PER_PAGE}).json()["pagination"]["total_pages"]
        ids = [
            row["id"]
            for page in range(1, pages + 1)
            for row in client.get(url, params={"page": page, "per_page": _PER_PAGE}).json()["data"]
        ]
        return [client.get(f"{url}/{identifier}").json() for identifier in ids]


def many_ids(rows: list[dict[str, Any]]) -> list[str]:
    """The ids that `get many` goes through."""
    return [row["id"] for row in rows][:_MOST_MANY]


def required_members() -> frozenset[str]:
    """What the contract requires of a customer."""
    document = _contract()
    return frozenset(document["components"]["schemas"]["Customer"]["required"])


def write_material(rows: list[dict[str, Any]], folder: Path) -> None:
    """Write the files that peers are started with."""
    john = next(row for row in rows if row["id"] == JOHN)
    broken = {**john, "id": BROKEN_CUSTOMER, "email": "broken@bench.example", "status": "broken"}
    _write(folder / CUSTOMERS_FILE, [*rows, broken])
    _write(folder / DATABASE_FILE, {"customers": [*rows, broken]})
    document = with_examples(_contract(), john, [listed(row) for row in rows[:LISTED]])
    _write(folder / STATIC_CONTRACT_FILE, document)
    _write(folder / SIMPLE_CONTRACT_FILE, simplified(document))


def listed(row: Mapping[str, Any]) -> dict[str, Any]:
    """A customer as lists show it."""
    left_out = ("preferences", "subscription", "updated_at")
    shown = {name: value for name, value in row.items() if name not in left_out}
    addresses = [{**address} for address in row["addresses"]]
    for address in addresses:
        del address["access_notes"]
    return {**shown, "addresses": addresses}


def with_examples(
    document: dict[str, Any], john: Mapping[str, Any], page: list[dict[str, Any]]
) -> dict[str, Any]:
    """The contract for servers that answer by its examples.

    They answer the page and the record that the others answer, and an invoice that is none.
    """
    pagination = {"page": 1, "per_page": len(page), "total": len(page), "total_pages": 1}
    for path, method, status, value in (
        ("/v1/customers", "get", "200", {"data": page, "pagination": pagination}),
        ("/v1/customers", "post", "201", john),
        ("/v1/customers/{id}", "get", "200", john),
        ("/v1/customers/{id}", "patch", "200", john),
        ("/v1/invoices/{id}", "get", "200", {"id": 5, "status": "broken"}),
    ):
        content = document["paths"][path][method]["responses"][status]["content"][_JSON]
        # Prism takes the example of the media type, Mockoon that of the schema.
        content["example"] = value
        content["schema"] = {"allOf": [content["schema"]], "example": value}
        content.pop("examples", None)
    return document


def simplified(document: dict[str, Any]) -> dict[str, Any]:
    """The contract without what some peers cannot read: headers of answers, and links.

    Mockoon stumbles over numbers in headers; openapi-backend takes the bodies of links for wrong.
    """
    declared = [document["components"]["responses"].values()]
    for item in document["paths"].values():
        declared += [each["responses"].values() for each in item.values() if "responses" in each]
    for answer in chain.from_iterable(declared):
        answer.pop("headers", None)
        answer.pop("links", None)
    document["components"].pop("links", None)
    return document


def _contract() -> dict[str, Any]:
    document: dict[str, Any] = yaml.load(CONTRACT.read_bytes(), yaml.CSafeLoader)
    return document


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value))
