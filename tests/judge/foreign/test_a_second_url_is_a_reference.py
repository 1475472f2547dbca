"""Two servers of one foreign contract are compared, whatever ids each of them gives."""

from __future__ import annotations

import pytest

from contract_tests.results import Exit
from tests.judge.foreign import library, tickets
from tests.judge.foreign.judging import judged, told
from tests.judge.foreign.serving import Service, serving


class LibraryWithOtherIds(library.Library):
    """The same library, with other whole numbers as ids."""

    def __init__(self) -> None:
        super().__init__()
        self.last_id = 7000


class TicketsWithOtherIds(tickets.Tickets):
    """The same tickets, with other UUIDs as ids."""

    def __init__(self) -> None:
        super().__init__()
        self.made = 7000


@pytest.mark.parametrize(
    ("reference", "service"),
    [(library.Library, LibraryWithOtherIds), (tickets.Tickets, TicketsWithOtherIds)],
)
def test_two_right_servers_do_not_differ(
    reference: type[Service], service: type[Service], monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(reference()) as url:
        result = judged(service(), monkeypatch, packs=("differential",), reference=url)
    assert told(result) == []
    assert result.exit is Exit.CLEAN


@pytest.mark.parametrize(
    "service",
    [
        library.GenreIsNotFiltered,
        library.ReplacementIsNotKept,
        library.TaxBeforeDiscount,
        library.RemovedBookIsStillListed,
        tickets.PagesAreFloored,
        tickets.NullIsIgnored,
    ],
)
def test_a_wrong_server_differs(service: type[Service], monkeypatch: pytest.MonkeyPatch) -> None:
    right = library.Library if issubclass(service, library.Library) else tickets.Tickets
    with serving(right()) as url:
        result = judged(service(), monkeypatch, packs=("differential",), reference=url)
    found = [each for each in result.findings if each.pack == "differential"]
    assert found, told(result)
    assert all(each.reference for each in found)
