"""Every promise of the lifecycle is broken once, and the pack sees it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from contract_tests.exchanges import Answer, Sent
from tests.judge.lifecycle.tampering import Json, codes, edited, judged, path_of, without_header
from tests.judge.tampered import Send, Tamper

_CUSTOMERS = "/v1/customers"
_BOOKINGS = "/v1/bookings"
_MERCHANTS = "/api/v1/merchant/customers"


def _is_one(sent: Sent, root: str) -> bool:
    return path_of(sent).startswith(root + "/") and path_of(sent).count("/") == root.count("/") + 1


def test_a_lost_create_is_seen() -> None:
    made: list[str] = []

    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        if sent.method == "POST" and answer.status == 201:
            made.append(answer.json["id"])
        lost = made[2::3]
        return replace(answer, status=404) if path_of(sent)[-15:] in lost else answer

    assert "lost" in codes(judged("lifecycle", "createCustomer", tamper))


def test_an_id_given_twice_is_seen() -> None:
    first: list[str] = []

    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        if path_of(sent) == _BOOKINGS and answer.status == 201:
            first.append(answer.json["id"])
            return edited(answer, lambda record: record.update(id=first[0]))
        return answer

    assert "id-given-twice" in codes(judged("lifecycle", "createBooking", tamper))


def test_a_value_that_is_kept_otherwise_is_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        body = sent.body
        if path_of(sent) == _CUSTOMERS and body:
            body = body.decode().encode("ascii", "replace")
        return send(replace(sent, body=body))

    assert "not-as-sent" in codes(judged("lifecycle", "createCustomer", tamper))


def _in_one_line(sent: Sent) -> Sent:
    is_note = sent.method in ("POST", "PATCH") and path_of(sent).startswith(_BOOKINGS)
    body = (sent.body or b"").replace(b"\\n", b" ") if is_note else sent.body
    return replace(sent, body=body)


@pytest.mark.parametrize(
    ("operation", "code"),
    [("createBooking", "not-as-sent"), ("updateBooking", "change-not-kept")],
)
def test_lines_that_become_one_are_seen(operation: str, code: str) -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        return send(_in_one_line(sent))

    assert code in codes(judged("lifecycle", operation, tamper, profile="standard"))


@pytest.mark.parametrize("operation", ["createBooking", "updateBooking"])
def test_lines_that_are_refused_are_no_fault(operation: str) -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        return send(replace(sent, body=b'{"notes": 7}') if _in_one_line(sent) != sent else sent)

    assert codes(judged("lifecycle", operation, tamper, profile="standard")) == set()


def test_a_default_that_is_not_kept_is_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        if sent.method == "POST" and sent.body and b"preferences" not in sent.body:
            body = {**json.loads(sent.body), "preferences": {"preferred_contact": "phone"}}
            sent = replace(sent, body=json.dumps(body).encode())
        return send(sent)

    assert "starts-otherwise" in codes(judged("lifecycle", "createCustomer", tamper))


def test_a_record_that_a_list_leaves_out_is_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        if path_of(sent).endswith("/calendar/customers"):
            return edited(answer, lambda body: body.update(data=body["data"][:5]))
        return answer

    assert "not-shown" in codes(judged("lifecycle", "createMerchantCustomer", tamper))


def test_a_row_that_says_something_else_is_seen() -> None:
    def edit(body: Json) -> None:
        for row in body["data"]:
            row["status"] = "completed"

    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        is_it = path_of(sent) == _BOOKINGS and sent.method == "GET"
        return edited(answer, edit) if is_it else answer

    assert "shown-otherwise" in codes(judged("lifecycle", "getBooking", tamper))


def test_a_refused_create_that_leaves_something_is_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        if path_of(sent) == _MERCHANTS and answer.status == 400 and sent.body:
            body = json.loads(sent.body)
            if isinstance(body.get("last_name"), str) and len(body["last_name"]) < 30:
                left = {"first_name": "Left", "last_name": body["last_name"]}
                send(replace(sent, body=json.dumps(left).encode()))
        return answer

    found = codes(judged("lifecycle", "createMerchantCustomer", tamper))

    assert "refused-create-left-something" in found


def test_a_bad_body_that_is_taken_is_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        return replace(answer, status=201) if sent.method == "POST" else answer

    assert "bad-write-taken" in codes(judged("lifecycle", "createCustomer", tamper))


def test_an_ignored_idempotency_key_is_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        return send(without_header(sent, "Idempotency-Key"))

    assert "idempotency-key-ignored" in codes(judged("lifecycle", "createInvoice", tamper))


def test_a_change_that_blanks_another_member_is_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        if sent.method == "PATCH" and sent.body:
            body = {"phone": None, **json.loads(sent.body)}
            sent = replace(sent, body=json.dumps(body).encode())
        return send(sent)

    assert "changed-besides" in codes(judged("lifecycle", "updateCustomer", tamper))


def test_a_change_that_is_answered_and_not_kept_is_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        if sent.method != "PATCH":
            return send(sent)
        answer = send(sent)
        if answer.status == 200 and b"notes" in (sent.body or b""):
            send(replace(sent, body=b'{"notes": "lost"}'))
        return answer

    assert "read-differs" in codes(judged("lifecycle", "updateBooking", tamper))


def test_a_time_of_the_last_change_that_stands_still_is_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        if _is_one(sent, _BOOKINGS):
            return edited(answer, lambda record: record.update(updated_at=record.get("created_at")))
        return answer

    assert "updated-not-moved" in codes(judged("lifecycle", "updateBooking", tamper))


def test_a_null_that_clears_nothing_is_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        is_null = sent.method == "PATCH" and sent.body == b'{"notes": null}'
        return send(replace(sent, body=b"{}") if is_null else sent)

    assert "change-not-kept" in codes(judged("lifecycle", "updateBooking", tamper))


def test_a_refused_change_that_is_half_kept_is_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        if sent.method == "PATCH" and answer.status in (400, 422) and sent.body:
            notes = json.loads(sent.body).get("notes")
            if isinstance(notes, str):
                send(replace(sent, body=json.dumps({"notes": notes}).encode()))
        return answer

    assert "refused-change-kept" in codes(judged("lifecycle", "updateBooking", tamper))


def test_a_change_of_a_neighbour_is_seen() -> None:
    seen: list[str] = []

    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        if _is_one(sent, _BOOKINGS):
            seen.append(sent.target)
        if sent.method == "PATCH" and answer.status == 200:
            for target in {each for each in seen if each != sent.target}:
                send(replace(sent, target=target))
        return answer

    assert "changed-another-record" in codes(judged("lifecycle", "updateBooking", tamper))


def test_an_ignored_precondition_is_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        return send(without_header(sent, "If-Match"))

    assert "stale-tag-taken" in codes(judged("lifecycle", "updateBooking", tamper))


def _with_tag(answer: Answer, tag: str) -> Answer:
    kept = tuple(pair for pair in answer.headers if pair[0].lower() != "etag")
    return replace(answer, headers=(*kept, ("ETag", tag)))


def test_a_strong_tag_of_a_second_is_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(without_header(sent, "If-Match"))
        is_shown = _is_one(sent, _BOOKINGS) and answer.status == 200
        return _with_tag(answer, f'"{answer.json["updated_at"]}"') if is_shown else answer

    assert "tag-of-two-versions" in codes(judged("lifecycle", "updateBooking", tamper))


def test_a_weak_tag_of_a_second_is_no_fault() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        is_shown = _is_one(sent, _BOOKINGS) and answer.status == 200
        return _with_tag(answer, f'W/"{answer.json["updated_at"]}"') if is_shown else answer

    assert codes(judged("lifecycle", "updateBooking", tamper)) == set()


def test_an_old_tag_that_still_matches_is_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        is_asked = any(name.lower() == "if-none-match" for name, _ in sent.headers)
        answer = send(sent)
        return replace(answer, status=304, body=b"") if is_asked else answer

    assert "old-tag-matches" in codes(judged("lifecycle", "updateCustomer", tamper))


def test_a_read_that_changes_something_is_seen() -> None:
    count = [0]

    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        if sent.method == "GET" and _is_one(sent, "/v1/invoices"):
            count[0] += 1
            return edited(answer, lambda record: record.update(balance=count[0]))
        return answer

    assert "read-changed-something" in codes(judged("lifecycle", "getInvoice", tamper))


def test_an_unknown_id_that_is_answered_otherwise_is_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        return replace(answer, status=400) if answer.status == 404 else answer

    assert "absent-otherwise" in codes(judged("lifecycle", "getInvoice", tamper))


def test_a_record_that_outlives_its_delete_is_seen() -> None:
    kept: dict[str, Answer] = {}

    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        if sent.method == "GET" and _is_one(sent, _BOOKINGS) and answer.status == 200:
            kept[sent.target] = answer
        return kept.get(sent.target, answer) if answer.status == 404 else answer

    assert "not-gone" not in codes(judged("lifecycle", "deleteMerchantCustomer"))
    found = judged("lifecycle", "deleteMerchantCustomer", _reading_first(kept, tamper))
    assert "not-gone" in codes(found)


def _reading_first(kept: dict[str, Answer], tamper: Tamper) -> Tamper:
    """Reads each booking once when it is made, so that its answer can be given again."""

    def first(sent: Sent, send: Send) -> Answer:
        answer = tamper(sent, send)
        if path_of(sent) == _BOOKINGS and answer.status == 201:
            target = f"{_BOOKINGS}/{answer.json['id']}"
            kept[target] = send(Sent("GET", target, sent.headers, None))
        return answer

    return first


def test_a_second_delete_that_succeeds_is_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        return replace(answer, status=200, body=b"") if sent.method == "DELETE" else answer

    assert "absent-otherwise" in codes(judged("lifecycle", "deleteMerchantCustomer", tamper))


def test_an_action_that_is_not_kept_is_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        if not path_of(sent).endswith("/void"):
            return send(sent)
        record = send(replace(sent, method="GET", target=path_of(sent)[: -len("/void")], body=None))
        return edited(record, lambda invoice: invoice.update(status="void", balance=0))

    assert "action-without-effect" in codes(judged("lifecycle", "voidInvoice", tamper))


def test_a_change_that_an_action_forbids_is_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        return replace(answer, status=200) if sent.method == "PATCH" else answer

    assert "allowed-afterwards" in codes(judged("lifecycle", "cancelBooking", tamper))


def test_a_copy_that_goes_stale_is_seen() -> None:
    names: dict[str, object] = {}

    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        if _is_one(sent, _BOOKINGS) and answer.status == 200:
            first = names.setdefault(path_of(sent), answer.json["customer"])
            return edited(answer, lambda booking: booking.update(customer=first))
        return answer

    found = codes(judged("lifecycle", "updateCustomer", tamper))

    assert found & {"stale-copy", "shown-otherwise"}


def test_another_part_of_the_api_that_does_not_follow_is_seen() -> None:
    def tamper(sent: Sent, send: Send) -> Answer:
        answer = send(sent)
        if path_of(sent).startswith("/leads/v1/customers/id/"):
            return edited(answer, lambda body: body["data"].update(firstName="Nobody"))
        return answer

    assert "face-differs" in codes(judged("lifecycle", "updateCustomer", tamper))
