"""What is asked of every contender: six operations of the contract, and their requests."""

from __future__ import annotations

from dataclasses import dataclass

TOKEN = "Bearer otesse_test_sk_bench"
JOHN = "cust_01HQ3K5M7N"
LIST = "/v1/customers?page=1&per_page=25"
LISTED = 25
NEW_CUSTOMER = (
    '{"first_name":"Ada","last_name":"Byron","email":"ada{n}@bench.example",'
    '"phone":"+15551234567","address":{"label":"Home","street":"1 Oak St",'
    '"city":"Eugene","state":"OR","zip":"97401"}}'
)
# Without the last name that the contract requires.
WRONG_CUSTOMER = '{"first_name":"Ada","email":"ada{n}@bench.example"}'


@dataclass(frozen=True, slots=True)
class Operation:
    """One kind of request.

    In `path` and `body`, `{n}` stands for a number that no other request has, `{id}` for the id of
    a customer: in turn each one there is. `is_wrong` is a request that the contract refuses;
    `adds` says that some contender has more rows afterwards.
    """

    name: str
    method: str
    path: str
    body: str = ""
    is_wrong: bool = False
    adds: bool = False

    def request(self, number: int, identifier: str, path: str | None = None) -> bytes:
        """The bytes of one HTTP/1.1 request; `path` where a contender spells it differently."""
        target = (path or self.path).replace("{id}", identifier)
        body = self.body.replace("{n}", str(number)).encode()
        head = f"{self.method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {TOKEN}\r\n"
        if body:
            head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        return head.encode() + b"\r\n" + body


# Rows are added last: until then a list shows the same rows everywhere.
OPERATIONS = (
    Operation("get one", "GET", f"/v1/customers/{JOHN}"),
    Operation("get many", "GET", "/v1/customers/{id}"),
    Operation("list of 25", "GET", LIST),
    Operation("patch", "PATCH", f"/v1/customers/{JOHN}", '{"phone":"+1555{n}"}'),
    Operation("refused", "POST", "/v1/customers", WRONG_CUSTOMER, is_wrong=True, adds=True),
    Operation("create", "POST", "/v1/customers", NEW_CUSTOMER, adds=True),
)
