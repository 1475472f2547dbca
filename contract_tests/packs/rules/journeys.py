"""Journeys: a rule told as a short story; where the server goes another way, that is a finding."""

from __future__ import annotations

from contract_tests.bench import Bench
from contract_tests.records import Unable
from contract_tests.semantics import ExpressionError, Journey
from contract_tests.stories import Story, Stumble, can_be_played


def tell(bench: Bench, journey: Journey) -> None:
    """Play a journey: a finding when a step does not go as told, unreached when one cannot go."""
    story = Story(bench)
    if journey.is_alone and not bench.target.is_ours_alone:
        why = "it uses records of others: only a world of its own (a mockserver's) allows that"
        bench.unreached(f"journey {journey.code}", why)
        return
    try:
        can_be_played(bench, journey.steps)
        stumble = story.play(journey.steps)
    except Unable as unable:
        bench.unreached(f"journey {journey.code}: {unable.what}", unable.why)
        return
    except ExpressionError as error:
        bench.unreached(f"journey {journey.code}", f"what was made before lacks something: {error}")
        return
    if stumble is not None:
        _put(bench, journey, stumble)


def _put(bench: Bench, journey: Journey, stumble: Stumble) -> None:
    says = " ".join(journey.says.split())
    bench.found(
        journey.code,
        journey.severity,
        f"{says.rstrip('.')}: but {stumble.what}",
        rule=says,
        source=journey.source,
        expected=stumble.expected,
        got=stumble.got,
        exchanges=stumble.exchanges,
        subject=stumble.subject,
    )
