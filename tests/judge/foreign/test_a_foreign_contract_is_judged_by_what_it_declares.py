"""Two contracts the judge never saw: right servers are clean, wrong ones are found."""

from __future__ import annotations

import pytest

from contract_tests.results import Exit
from tests.judge.foreign import library, tickets
from tests.judge.foreign.judging import judged, told
from tests.judge.foreign.serving import Service

# For each fault, the pack and the operations in whose judgement it must show.
_WHERE: dict[type[Service], tuple[str, tuple[str, ...]]] = {
    library.TotalIsThatOfThePage: ("collections", ("listBooks",)),
    library.GenreIsNotFiltered: ("collections", ("listBooks",)),
    library.SearchMindsCase: ("collections", ("listBooks",)),
    library.ReplacementIsNotKept: ("lifecycle", ("replaceBook",)),
    library.RemovedBookIsStillListed: ("lifecycle", ("removeBook",)),
    library.TaxBeforeDiscount: ("rules", ("lendBook",)),
    library.ReferenceIsLent: ("rules", ("lendBook",)),
    library.ProblemSaysAnotherStatus: ("protocol", ("getBook",)),
    tickets.PagesAreFloored: ("collections", ("listTickets",)),
    tickets.PagesOverlap: ("collections", ("listTickets",)),
    tickets.ChangeBlanksTheRest: ("lifecycle", ("changeTicket",)),
    tickets.NullIsIgnored: ("lifecycle", ("changeTicket",)),
    tickets.UpdatedStandsStill: ("lifecycle", ("changeTicket",)),
    tickets.AnyProjectWillDo: ("lifecycle", ("getTicket",)),
    tickets.ClosedCanBeChanged: ("rules", ("changeTicket",)),
    tickets.AnyKeyIsGood: ("access", ("getProject",)),
}


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("service", [library.Library, tickets.Tickets])
def test_a_right_server_is_clean(
    service: type[Service], seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = judged(service(), monkeypatch, seed=seed)
    assert told(result) == []
    assert result.exit is Exit.CLEAN


@pytest.mark.parametrize("service", [*library.FAULTY, *tickets.FAULTY])
def test_a_wrong_server_is_found_where_it_is_wrong(
    service: type[Service], monkeypatch: pytest.MonkeyPatch
) -> None:
    pack, operations = _WHERE[service]
    result = judged(service(), monkeypatch, packs=(pack,))
    found = {each.operation for each in result.findings if each.pack == pack}
    assert found & set(operations), told(result)
    assert result.exit is Exit.FINDINGS


def test_what_is_found_names_its_rule_and_its_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    result = judged(library.TaxBeforeDiscount(), monkeypatch, packs=("rules",))
    finding = result.findings[0]
    assert finding.rule == "total = subtotal - discount + tax"
    assert finding.source == "library.yaml, lendBook"
    assert finding.exchanges[-1].curl.startswith("curl -i -X POST")
