"""A wire on which requests and answers are tampered with."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from contract_tests.exchanges import Answer, Sent
from contract_tests.wires import Wire

Send = Callable[[Sent], Answer]
Tamper = Callable[[Sent, Send], Answer]


class TamperedWire:
    """Hands every request to a tamperer, with the true way to send it."""

    def __init__(self, wire: Wire, tamper: Tamper) -> None:
        self.url = wire.url
        self._wire = wire
        self._tamper = tamper

    def send(self, sent: Sent) -> Answer:
        """What the tamperer makes of it."""
        return self._tamper(sent, self._wire.send)

    def together(self, several: Sequence[Sent]) -> list[Answer]:
        """One after another."""
        return [self.send(each) for each in several]

    def close(self) -> None:
        """Nothing is held."""
