"""What the faults of a world do to one exchange, all of them together."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mockserver.chaos.rules import DELAY_MOST_MS, FaultRule, InvalidBody


@dataclass(frozen=True, slots=True)
class Decision:
    """The sum of the rules that fired, whose ids are in `fired`, in the order of the book.

    First comes the delay; then a reset, which leaves nothing else to do; else the status (with
    `retry_after`, seconds), or without one the usual answer; then its body is spoiled, its media
    type changed, and last it is cut.
    """

    fired: tuple[str, ...] = ()
    delay_ms: int = 0
    status: int | None = None
    retry_after: int | None = None
    reset: bool = False
    truncate: bool = False
    content_type: str | None = None
    invalid_body: InvalidBody | None = None

    def joined_by(self, rule: FaultRule, delay_ms: int) -> Decision:
        """The decision with one more rule, which waits for `delay_ms`.

        Delays add up, to 120 000 ms at most. Of several statuses, media types or ways to spoil a
        body the first one is kept; a `retry_after` stays with its status.
        """
        effect = rule.effect
        joined = replace(
            self,
            fired=(*self.fired, rule.id),
            delay_ms=min(self.delay_ms + delay_ms, DELAY_MOST_MS),
            reset=self.reset or effect.reset,
            truncate=self.truncate or effect.truncate,
            content_type=self.content_type or effect.content_type,
            invalid_body=self.invalid_body or effect.invalid_body,
        )
        if self.status is not None:
            return joined
        return replace(joined, status=effect.status, retry_after=effect.retry_after)
