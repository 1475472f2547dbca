"""What `--init` proposes judges a foreign server as soon as it has a credential."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contract_tests.results import Exit
from contract_tests.semantics.proposing import propose
from tests.judge.foreign import library, tickets
from tests.judge.foreign.judging import judged, told
from tests.judge.foreign.serving import CONTRACTS, Service

_AUTH = {"Library": {"LibraryCard": "card-for-tests"}, "Tickets": {"Key": "key-for-tests"}}


@pytest.mark.parametrize(
    ("service", "least"),
    [(library.Library, 0), (tickets.Tickets, 0)]
    + [
        (each, 1)
        for each in (
            library.TotalIsThatOfThePage,
            library.GenreIsNotFiltered,
            library.ReplacementIsNotKept,
            library.RemovedBookIsStillListed,
            tickets.PagesAreFloored,
            tickets.PagesOverlap,
            tickets.ChangeBlanksTheRest,
            tickets.NullIsIgnored,
            tickets.UpdatedStandsStill,
            tickets.AnyProjectWillDo,
        )
    ],
)
def test_a_proposal_and_a_credential_find_faults(
    service: type[Service], least: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = "Library" if issubclass(service, library.Library) else "Tickets"
    auth, semantics = tmp_path / "auth.json", tmp_path / "proposed.yaml"
    auth.write_text(json.dumps({"valid": _AUTH[right]}), "utf-8")
    propose(CONTRACTS / service.contract_file, semantics)
    result = judged(
        service(),
        monkeypatch,
        packs=("lifecycle", "collections"),
        semantics=str(semantics),
        auth=str(auth),
    )
    if least:
        assert result.exit is Exit.FINDINGS
    else:
        assert told(result) == []
