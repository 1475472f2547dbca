"""The JSON report: everything a run holds, in the shape that `report.schema.json` publishes."""

from __future__ import annotations

import base64
import json
from typing import Any

from contract_tests.exchanges import Answer, Exchange, Pairs
from contract_tests.findings import Finding, Unreached
from contract_tests.report.concealing import concealed_sent
from contract_tests.report.legible import storable
from contract_tests.report.tables import heat_rows, pack_rows
from contract_tests.report.verdict import rerun, verdict_of
from contract_tests.results import ItemResult, RunResult

Json = Any
FORMAT_VERSION = 1
# How deep the report itself is nested around what a server sent.
_OWN_DEPTH = 10


def json_report(result: RunResult) -> str:
    """The report as text; the same run gives the same text but for times."""
    report = storable(_report(result), -_OWN_DEPTH)
    return json.dumps(report, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _report(result: RunResult) -> Json:
    return {
        "format_version": FORMAT_VERSION,
        "verdict": _verdict(result),
        "run": {
            "url": result.url,
            "contract": result.contract,
            "contract_title": result.contract_title,
            "profile": result.profile,
            "seed": result.seed,
            "packs": list(result.packs),
            "started": result.started,
            "seconds": result.seconds,
            "requests": result.requests,
        },
        "packs": _packs(result),
        "operations": _operations(result),
        "findings": [_finding(result, each) for each in _sorted(result.findings)],
        "known_findings": [_finding(result, each) for each in _sorted(result.known_findings)],
        "unreached": [_unreached(each) for each in sorted(result.unreached, key=_gap_key)],
        "leftovers": sorted(
            ({"resource": x.resource, "id": x.id, "why": x.why} for x in result.leftovers),
            key=lambda x: (x["resource"], x["id"], x["why"]),
        ),
        "items": [_item(each) for each in sorted(result.items, key=_item_key)],
    }


def _verdict(result: RunResult) -> Json:
    verdict = verdict_of(result)
    return {
        "exit": result.exit.name.lower(),
        "exit_code": int(result.exit),
        "headline": verdict.headline,
        "notes": list(verdict.notes),
    }


def _packs(result: RunResult) -> Json:
    return [
        {
            "pack": row.pack,
            **{severity.value: number for severity, number in row.found.items()},
            "known": row.known,
            "checks": row.checks,
            "judged": row.judged,
            "requests": row.requests,
            "seconds": row.seconds,
        }
        for row in pack_rows(result)
    ]


def _operations(result: RunResult) -> Json:
    return [
        {
            "operation": row.operation,
            "label": result.labels.get(row.operation, row.operation),
            "statuses": [
                {"status": cell.status, "declared": cell.is_declared, "seen": cell.count}
                for cell in (row.cells[status] for status in sorted(row.cells))
            ],
        }
        for row in sorted(heat_rows(result), key=lambda row: row.operation)
    ]


def _sorted(findings: tuple[Finding, ...]) -> list[Finding]:
    return sorted(findings, key=lambda f: (f.severity.rank, f.operation, f.code, f.fingerprint))


def _finding(result: RunResult, finding: Finding) -> Json:
    return {
        "fingerprint": finding.fingerprint,
        "code": finding.code,
        "pack": finding.pack,
        "severity": finding.severity.value,
        "operation": finding.operation,
        "subject": finding.subject,
        "title": finding.title,
        "rule": finding.rule,
        "source": finding.source,
        "expected": storable(finding.expected),
        "got": storable(finding.got),
        "seed": finding.seed,
        "again": rerun(result, finding),
        "exchanges": [_exchange(each) for each in finding.exchanges],
        "reference": [_exchange(each) for each in finding.reference],
        "reproduction": finding.reproduction,
    }


def _exchange(exchange: Exchange) -> Json:
    sent = concealed_sent(exchange)
    return {
        "operation": exchange.operation,
        "url": exchange.url,
        "curl": exchange.curl,
        "variables": sorted({name for _, name in exchange.secrets if f"${name}" in exchange.curl}),
        "sent": {
            "method": sent.method,
            "target": sent.target,
            "headers": _pairs(sent.headers),
            "body": None if sent.body is None else _body(sent.body),
        },
        "answer": _answer(exchange.answer),
    }


def _answer(answer: Answer) -> Json:
    return {
        "status": answer.status,
        "headers": _pairs(answer.headers),
        "body": _body(answer.body),
        "elapsed_ms": answer.elapsed_ms,
    }


def _pairs(pairs: Pairs) -> Json:
    return [[name, value] for name, value in pairs]


def _body(body: bytes) -> Json:
    try:
        return {"text": body.decode()}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(body).decode()}


def _unreached(each: Unreached) -> Json:
    return {"pack": each.pack, "operation": each.operation, "what": each.what, "why": each.why}


def _gap_key(each: Unreached) -> tuple[str, ...]:
    return each.pack, each.operation, each.what, each.why


def _item(item: ItemResult) -> Json:
    return {
        "pack": item.pack,
        "operation": item.operation,
        "outcome": item.outcome.value,
        "findings": sorted({finding.fingerprint for finding in item.findings}),
        "unreached": [_unreached(each) for each in sorted(item.unreached, key=_gap_key)],
        "requests": item.requests,
        "seconds": item.seconds,
        "seen": [
            {"operation": operation, "status": status, "count": item.seen[operation, status]}
            for operation, status in sorted(item.seen)
        ],
        "error": item.error,
        "first_finding_s": item.first_finding_s,
    }


def _item_key(item: ItemResult) -> tuple[str, str, str, int]:
    return item.pack, item.operation, item.outcome.value, item.requests
