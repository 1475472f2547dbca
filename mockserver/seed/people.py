"""People and the places they live in, composed from pools."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace

from mockserver.domain.addresses import NewAddress
from mockserver.errors import SetupError
from mockserver.seed.names import NamePools, email_of, holds_any
from mockserver.seed.phrases import ACCESS_NOTES
from mockserver.seed.places import STREETS, SUFFIXES, UNITS, Place

_ATTEMPTS = 1000


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a name, an e-mail address that fits it, a phone and a home."""

    first_name: str
    last_name: str
    email: str
    phone: str
    place: Place


class People:
    """Composes people one after the other; no two share an e-mail address."""

    __slots__ = ("_avoid", "_chance", "_emails", "_places", "_weights", "pools")

    def __init__(
        self,
        chance: random.Random,
        pools: NamePools,
        places: tuple[Place, ...],
        avoid: tuple[str, ...],
        taken_emails: Iterable[str],
    ) -> None:
        """Start with the e-mail addresses that others have already."""
        self.pools = pools
        self._chance = chance
        self._places = places
        self._weights = [place.weight for place in places]
        self._avoid = avoid
        self._emails = {email.casefold() for email in taken_emails}

    def compose(self) -> Person:
        """The next person."""
        for _ in range(_ATTEMPTS):
            person = self._draft()
            if not self._is_avoided(person):
                person = self._alone(person)
                self._emails.add(person.email)
                return person
        raise SetupError(
            f"No name, e-mail and phone could be made that hold none of {', '.join(self._avoid)}:"
            " take some of them out of customers.avoid."
        )

    def address(self, place: Place, label: str = "Home") -> NewAddress:
        """A street address in a town."""
        chance = self._chance
        street = f"{chance.randrange(100, 4900)} {chance.choice(STREETS)} {chance.choice(SUFFIXES)}"
        return NewAddress(
            street=street,
            unit=self._unit() if chance.random() < 0.15 else None,
            city=place.city,
            state=place.state,
            zip=chance.choice(place.zips),
            label=label,
            access_notes=chance.choice(ACCESS_NOTES) if chance.random() < 0.25 else None,
        )

    def _draft(self) -> Person:
        chance = self._chance
        first, last = chance.choice(self.pools.first_names), chance.choice(self.pools.last_names)
        place = chance.choices(self._places, self._weights)[0]
        phone = f"+1{chance.choice(place.area_codes)}555{chance.randrange(10_000):04}"
        return Person(first, last, email_of(chance, first, last), phone, place)

    def _alone(self, person: Person) -> Person:
        """The person, with a number in the e-mail address when somebody has it already."""
        local, host = person.email.split("@")
        email, number = person.email, 2
        while email in self._emails:
            email, number = f"{local}{number}@{host}", number + 1
        return replace(person, email=email)

    def _is_avoided(self, person: Person) -> bool:
        if not self._avoid:
            return False
        name = f"{person.first_name} {person.last_name}"
        return holds_any(self._avoid, name, person.email, person.phone)

    def _unit(self) -> str:
        kind, number = self._chance.choice(UNITS), self._chance.randrange(1, 40)
        return f"#{number}" if kind == "#" else f"{kind} {number}"
