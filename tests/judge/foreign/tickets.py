"""A right server of tickets.yaml, and servers of it that are each wrong in one way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from starlette.requests import Request

from contract_tests.contract import Operation
from tests.judge.foreign.serving import Call, Refused, Reply, Service

Json = Any


class Tickets(Service):
    """Projects and their tickets in memory."""

    contract_file = "tickets.yaml"

    def __init__(self) -> None:
        super().__init__()
        self.projects: dict[str, Json] = {}
        self.tickets: dict[str, Json] = {}
        self.made = 0
        self.clock = datetime.now(UTC)

    def let_pass(self, seconds: float) -> None:
        self.clock += timedelta(seconds=seconds)

    def is_let_in(self, operation: Operation, request: Request) -> bool:
        return request.query_params.get("api_key") == "key-for-tests"

    def problem(self, refused: Refused) -> Json:
        return {"error": {"code": f"e{refused.status}", "message": refused.said}}

    def next_id(self) -> str:
        self.made += 1
        return str(UUID(int=(self.made * 0x9E3779B97F4A7C15) << 32, version=4))

    def now(self) -> str:
        return self.clock.strftime("%Y-%m-%dT%H:%M:%SZ")

    # --- projects

    def listProjects(self, call: Call) -> Reply:  # noqa: N802 - named as the operation is
        text = call.query.get("search", "").casefold()
        rows = [self.shown(each) for each in reversed(self.projects.values())]
        found = [
            row
            for row in rows
            if text in row["name"].casefold() and row["name"] == call.query.get("name", row["name"])
        ]
        return self.page(found, call.query)

    def page(self, rows: list[Json], query: Json) -> Reply:
        number, size = query["page"], query["per_page"]
        meta = {
            "page": number,
            "per_page": size,
            "total": len(rows),
            "total_pages": -(-len(rows) // size),
        }
        return Reply(200, {"data": rows[(number - 1) * size : number * size], "meta": meta})

    def shown(self, project: Json) -> Json:
        own = [each for each in self.tickets.values() if each["project_id"] == project["id"]]
        return {**project, "open_tickets": sum(each["status"] != "closed" for each in own)}

    def createProject(self, call: Call) -> Reply:  # noqa: N802
        now = self.now()
        project = {"id": self.next_id(), "description": None, **call.body}
        project |= {"created_at": now, "updated_at": now}
        self.projects[project["id"]] = project
        return Reply(201, {"data": self.shown(project)})

    def project(self, call: Call) -> Json:
        found = self.projects.get(call.path["projectId"])
        if found is None:
            raise Refused(404, "There is no such project.")
        return found

    def getProject(self, call: Call) -> Reply:  # noqa: N802
        return Reply(200, {"data": self.shown(self.project(call))})

    def changeProject(self, call: Call) -> Reply:  # noqa: N802
        project = self.project(call)
        project |= {**call.body, "updated_at": self.now()}
        return Reply(200, {"data": self.shown(project)})

    def deleteProject(self, call: Call) -> Reply:  # noqa: N802
        gone = self.project(call)["id"]
        del self.projects[gone]
        self.tickets = {n: each for n, each in self.tickets.items() if each["project_id"] != gone}
        return Reply(204)

    # --- tickets

    def listTickets(self, call: Call) -> Reply:  # noqa: N802
        project = self.project(call)
        rows = [
            each
            for each in reversed(self.tickets.values())
            if each["project_id"] == project["id"] and self.is_wanted(each, call.query)
        ]
        return self.page(rows, call.query)

    def is_wanted(self, ticket: Json, query: Json) -> bool:
        wanted = [name for name in ("status", "priority") if name in query]
        return all(ticket[name] == query[name] for name in wanted)

    def createTicket(self, call: Call) -> Reply:  # noqa: N802
        project, now = self.project(call), self.now()
        ticket = {"id": self.next_id(), "project_id": project["id"], "status": "open"}
        ticket |= {"priority": 3, "estimate_hours": None, "labels": [], **call.body}
        ticket |= {"created_at": now, "updated_at": now}
        self.tickets[ticket["id"]] = ticket
        return Reply(201, {"data": ticket})

    def ticket(self, call: Call) -> Json:
        project = self.project(call)
        found = self.tickets.get(call.path["ticketId"])
        if found is None or found["project_id"] != project["id"]:
            raise Refused(404, "There is no such ticket.")
        return found

    def getTicket(self, call: Call) -> Reply:  # noqa: N802
        return Reply(200, {"data": self.ticket(call)})

    def changeTicket(self, call: Call) -> Reply:  # noqa: N802
        ticket = self.ticket(call)
        self.refuse_closed(ticket, call.body)
        ticket |= self.merged(ticket, call.body)
        return Reply(200, {"data": ticket})

    def refuse_closed(self, ticket: Json, change: Json) -> None:
        if ticket["status"] == "closed" and change.get("status", "closed") == "closed":
            raise Refused(409, "The ticket is closed.")

    def merged(self, _ticket: Json, change: Json) -> Json:
        return {**change, "updated_at": self.now()}

    def deleteTicket(self, call: Call) -> Reply:  # noqa: N802
        del self.tickets[self.ticket(call)["id"]]
        return Reply(204)


class PagesAreFloored(Tickets):
    """`total_pages` forgets the last page when it is not full."""

    def page(self, rows: list[Json], query: Json) -> Reply:
        reply = super().page(rows, query)
        pages = len(rows) // query["per_page"]
        return Reply(200, {**reply.body, "meta": {**reply.body["meta"], "total_pages": pages}})


class PagesOverlap(Tickets):
    """A page begins with the last item of the page before it."""

    def page(self, rows: list[Json], query: Json) -> Reply:
        reply = super().page(rows, query)
        start = max(0, (query["page"] - 1) * query["per_page"] - 1)
        return Reply(200, {**reply.body, "data": rows[start : start + query["per_page"]]})


class ChangeBlanksTheRest(Tickets):
    """PATCH takes away the labels unless they are sent again."""

    def merged(self, ticket: Json, change: Json) -> Json:
        return {"labels": [], **super().merged(ticket, change)}


class NullIsIgnored(Tickets):
    """A member that is set to null keeps its value."""

    def merged(self, ticket: Json, change: Json) -> Json:
        kept = {name: each for name, each in change.items() if each is not None}
        return super().merged(ticket, kept)


class UpdatedStandsStill(Tickets):
    """`updated_at` of a ticket is never moved."""

    def merged(self, ticket: Json, change: Json) -> Json:
        return {**super().merged(ticket, change), "updated_at": ticket["updated_at"]}


class AnyProjectWillDo(Tickets):
    """A ticket is found in every project."""

    def ticket(self, call: Call) -> Json:
        self.project(call)
        found = self.tickets.get(call.path["ticketId"])
        if found is None:
            raise Refused(404, "There is no such ticket.")
        return found


class ClosedCanBeChanged(Tickets):
    """A closed ticket is changed like any other."""

    def refuse_closed(self, ticket: Json, change: Json) -> None:
        """Refuse nothing."""


class AnyKeyIsGood(Tickets):
    """Every key is let in."""

    def is_let_in(self, operation: Operation, request: Request) -> bool:
        return "api_key" in request.query_params


FAULTY: tuple[type[Tickets], ...] = (
    PagesAreFloored,
    PagesOverlap,
    ChangeBlanksTheRest,
    NullIsIgnored,
    UpdatedStandsStill,
    AnyProjectWillDo,
    ClosedCanBeChanged,
    AnyKeyIsGood,
)
