"""Proposes the file of semantics for a contract that has none, from names and shapes."""

from __future__ import annotations

from pathlib import Path

import click

from contract_tests.contract import Contract, ContractError, load_contract
from contract_tests.results import Exit
from contract_tests.semantics.loading import load_semantics
from contract_tests.semantics.proposals.draft import Draft
from contract_tests.semantics.proposals.drawing import draw
from contract_tests.semantics.proposals.writing import text_of

_SUFFIX = ".semantics.yaml"
_MOST_SHOWN = 12


def propose(spec: Path, semantics: Path | None) -> Exit:
    """Write a proposal beside the contract, or where `semantics` says, and tell what is in it.

    ContractError when the contract cannot be read, or the file is there already.
    """
    contract = load_contract(spec.resolve())
    path = semantics or spec.with_name(spec.stem + _SUFFIX)
    draft = draw(contract)
    text = text_of(draft)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise ContractError(
            f"{path} is there already and is not overwritten. Move it away, or name another file "
            "with --semantics."
        ) from error
    except OSError as error:
        raise ContractError(f"{path} cannot be written: {error.strerror}.") from error
    load_semantics(path, contract)
    click.echo(_said(contract, draft, path, spec), nl=False)
    return Exit.CLEAN


def _said(contract: Contract, draft: Draft, path: Path, spec: Path) -> str:
    resources = draft.raw.get("resources", {})
    lists = draft.raw.get("collections", {})
    lines = [f"Proposed {path}", "", "Inferred from names and shapes:"]
    for name, each in resources.items():
        parts = [part for part in ("create", "read", "update", "delete") if part in each]
        lines.append(f"  {name}: {', '.join(parts) or 'only its id'}")
    for name, each in lists.items():
        filters = len(each.get("filters", {}))
        paged = "pages, " if "paging" in each else ""
        lines.append(f"  {name}: lists {each['resource']}, {paged}{filters} filters")
    if not resources:
        lines.append("  nothing: no path of the contract looks like a list of records.")
    named = _operations(draft)
    left = [name for name in contract.operations if name not in named]
    if left:
        lines += ["", f"Named nowhere: {', '.join(left)}"]
    lines += ["", f"To complete by hand, {len(draft.todo)} places (TODO in the file):"]
    lines += [f"  {each}" for each in draft.todo[:_MOST_SHOWN]]
    if len(draft.todo) > _MOST_SHOWN:
        lines.append(f"  … and {len(draft.todo) - _MOST_SHOWN} more")
    lines += ["", f"Then: mockserver check --url URL --spec {spec}", ""]
    return "\n".join(lines)


def _operations(draft: Draft) -> set[str]:
    parts = ("create", "read", "update", "delete")
    resources = draft.raw.get("resources", {}).values()
    made = {each[part]["operation"] for each in resources for part in parts if part in each}
    return made | set(draft.raw.get("collections", {}))
