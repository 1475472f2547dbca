"""A right server of library.yaml, and servers of it that are each wrong in one way."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from contract_tests.contract import Operation
from tests.judge.foreign.serving import Call, Refused, Reply, Service

Json = Any


class Library(Service):
    """Books and loans in memory."""

    contract_file = "library.yaml"
    error_type = "application/problem+json"
    bad_value = 422

    def __init__(self) -> None:
        super().__init__()
        self.books: dict[int, Json] = {}
        self.loans: dict[int, Json] = {}
        self.last_id = 1000

    def is_let_in(self, operation: Operation, request: Request) -> bool:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        return (scheme.lower(), token) == ("bearer", "card-for-tests")

    def problem(self, refused: Refused) -> Json:
        return {"title": refused.said, "status": refused.status}

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    # --- books

    def listBooks(self, call: Call) -> Reply:  # noqa: N802 - named as the operation is
        rows = [self.shown(each) for each in reversed(self.books.values())]
        return self.page([row for row in rows if self.is_wanted(row, call.query)], call.query)

    def is_wanted(self, row: Json, query: Json) -> bool:
        text = query.get("q", "").casefold()
        return (
            all(row[name] == query[name] for name in ("genre", "reference_only") if name in query)
            and text in (row["title"] + "\n" + row["author"]).casefold()
        )

    def page(self, rows: list[Json], query: Json) -> Reply:
        start = query["offset"]
        return Reply(200, {"items": rows[start : start + query["limit"]], "total": len(rows)})

    def shown(self, book: Json) -> Json:
        return {**book, "is_out": self.is_out(book["id"])}

    def is_out(self, book_id: int) -> bool:
        loans = self.loans.values()
        return any(each["book_id"] == book_id and each["status"] == "out" for each in loans)

    def addBook(self, call: Call) -> Reply:  # noqa: N802
        book = self.complete(self.next_id(), call.body)
        self.books[book["id"]] = book
        return Reply(201, self.shown(book), {"Location": f"/api/books/{book['id']}"})

    def complete(self, book_id: int, given: Json) -> Json:
        return {"id": book_id, "pages": None, "reference_only": False, **given}

    def book(self, call: Call) -> Json:
        found = self.books.get(call.path["bookId"])
        if found is None:
            raise Refused(404, "There is no such book.")
        return found

    def getBook(self, call: Call) -> Reply:  # noqa: N802
        return Reply(200, self.shown(self.book(call)))

    def replaceBook(self, call: Call) -> Reply:  # noqa: N802
        book = self.complete(self.book(call)["id"], call.body)
        self.books[book["id"]] = book
        return Reply(200, self.shown(book))

    def removeBook(self, call: Call) -> Reply:  # noqa: N802
        book = self.book(call)
        del self.books[book["id"]]
        self.loans = {n: each for n, each in self.loans.items() if each["book_id"] != book["id"]}
        return Reply(204)

    # --- loans

    def listLoans(self, call: Call) -> Reply:  # noqa: N802
        wanted = [name for name in ("book_id", "status") if name in call.query]
        rows = [
            each
            for each in reversed(self.loans.values())
            if all(each[name] == call.query[name] for name in wanted)
        ]
        return self.page(rows, call.query)

    def lendBook(self, call: Call) -> Reply:  # noqa: N802
        book_id = call.body["book_id"]
        if book_id not in self.books:
            raise Refused(422, "There is no such book.")
        self.refuse_reference(self.books[book_id])
        charge = self.charge(call.body["days"])
        loan = {"id": self.next_id(), **call.body, "status": "out", "charge": charge}
        self.loans[loan["id"]] = loan
        return Reply(201, loan, {"Location": f"/api/loans/{loan['id']}"})

    def refuse_reference(self, book: Json) -> None:
        if book["reference_only"]:
            raise Refused(409, "The book stays here.")

    def charge(self, days: int) -> Json:
        subtotal = 30 * days
        discount = max(0, days - 5) * 15
        tax = (subtotal - discount) * 7 // 100
        return {
            "subtotal": subtotal,
            "discount": discount,
            "tax": tax,
            "total": subtotal - discount + tax,
        }

    def loan(self, call: Call) -> Json:
        found = self.loans.get(call.path["loanId"])
        if found is None:
            raise Refused(404, "There is no such loan.")
        return found

    def getLoan(self, call: Call) -> Reply:  # noqa: N802
        return Reply(200, self.loan(call))

    def returnBook(self, call: Call) -> Reply:  # noqa: N802
        loan = self.loan(call)
        if loan["status"] == "returned":
            raise Refused(409, "The loan is over.")
        loan["status"] = "returned"
        return Reply(200, loan)


class TotalIsThatOfThePage(Library):
    """`total` counts the items of the page."""

    def page(self, rows: list[Json], query: Json) -> Reply:
        reply = super().page(rows, query)
        return Reply(200, {**reply.body, "total": len(reply.body["items"])})


class GenreIsNotFiltered(Library):
    """The filter `genre` is taken and does nothing."""

    def is_wanted(self, row: Json, query: Json) -> bool:
        return super().is_wanted(row, {n: each for n, each in query.items() if n != "genre"})


class SearchMindsCase(Library):
    """The search finds only what is written in the same case."""

    def is_wanted(self, row: Json, query: Json) -> bool:
        others = {name: each for name, each in query.items() if name != "q"}
        found = query.get("q", "") in row["title"] + "\n" + row["author"]
        return super().is_wanted(row, others) and found


class ReplacementIsNotKept(Library):
    """PUT answers what was sent, and keeps what was there."""

    def replaceBook(self, call: Call) -> Reply:  # noqa: N802
        return Reply(200, self.shown(self.complete(self.book(call)["id"], call.body)))


class RemovedBookIsStillListed(Library):
    """DELETE hides a book from GET, and leaves it in the list."""

    def __init__(self) -> None:
        super().__init__()
        self.removed: set[int] = set()

    def removeBook(self, call: Call) -> Reply:  # noqa: N802
        self.removed.add(self.book(call)["id"])
        return Reply(204)

    def book(self, call: Call) -> Json:
        if call.path["bookId"] in self.removed:
            raise Refused(404, "There is no such book.")
        return super().book(call)


class TaxBeforeDiscount(Library):
    """The discount is left out of the total."""

    def charge(self, days: int) -> Json:
        charge = super().charge(days)
        return {**charge, "total": charge["subtotal"] + charge["tax"]}


class ReferenceIsLent(Library):
    """A book that is for reference only is lent."""

    def refuse_reference(self, book: Json) -> None:
        """Refuse nothing."""


class ProblemSaysAnotherStatus(Library):
    """The status in the body of a refusal is always 400."""

    def problem(self, refused: Refused) -> Json:
        return {**super().problem(refused), "status": 400}


FAULTY: tuple[type[Library], ...] = (
    TotalIsThatOfThePage,
    GenreIsNotFiltered,
    SearchMindsCase,
    ReplacementIsNotKept,
    RemovedBookIsStillListed,
    TaxBeforeDiscount,
    ReferenceIsLent,
    ProblemSaysAnotherStatus,
)
