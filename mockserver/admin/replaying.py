"""Whether a recorded request can be sent again as it came in."""

from __future__ import annotations

from mockserver.errors import Conflict
from mockserver.traffic import Recorded


def refuse_replay(recorded: Recorded) -> None:
    """Raise Conflict ``not_kept_whole`` or ``names_two_worlds`` when it cannot."""
    if recorded.request_is_cut:
        raise Conflict(
            "not_kept_whole",
            f"Only {len(recorded.request_body)} of {recorded.request_bytes} bytes of the body of "
            f"request {recorded.number} were kept: send it from where it came.",
            "number",
        )
    if recorded.path.startswith("/~"):
        raise Conflict(
            "names_two_worlds",
            f"Request {recorded.number} named a world in front of another one: it was never meant "
            "for the contract, and is not sent again.",
            "number",
        )
