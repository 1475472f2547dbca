"""Where people live: towns with their ZIP codes, area codes and streets."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A town; ``weight`` says how many live there compared with the others."""

    city: str
    state: str
    zips: tuple[str, ...]
    area_codes: tuple[str, ...]
    weight: int = 1


_SOUTH = ("541", "458")
_NORTH = ("503", "971")

OREGON = (
    Place("Eugene", "OR", ("97401", "97402", "97403", "97404", "97405"), _SOUTH, 40),
    Place("Springfield", "OR", ("97477", "97478"), _SOUTH, 16),
    Place("Corvallis", "OR", ("97330", "97333"), _SOUTH, 9),
    Place("Albany", "OR", ("97321", "97322"), _SOUTH, 6),
    Place("Salem", "OR", ("97301", "97302", "97303", "97304", "97306"), _NORTH, 11),
    Place(
        "Portland",
        "OR",
        ("97201", "97202", "97205", "97206", "97209", "97210", "97211", "97214", "97217"),
        _NORTH,
        12,
    ),
    Place("Cottage Grove", "OR", ("97424",), _SOUTH, 2),
    Place("Junction City", "OR", ("97448",), _SOUTH, 2),
    Place("Bend", "OR", ("97701", "97702"), _SOUTH, 2),
)
"""The Willamette Valley around Eugene, where S1's sample customers live."""

STREETS = (
    "Alder", "Ash", "Birch", "Blackberry", "Brookside", "Cascade", "Cedar", "Charnelton", "Cherry",
    "Chestnut", "Clearwater", "Country Club", "Coyote Creek", "Crescent", "Cypress", "Dogwood",
    "Donald", "Douglas", "Elm", "Fairview", "Fern Ridge", "Fir", "Franklin", "Garden", "Gateway",
    "Grant", "Hawthorne", "Hazel", "Heron", "Highland", "Hilyard", "Holly", "Jefferson", "Juniper",
    "Lakeview", "Laurel", "Lincoln", "Locust", "Madrone", "Magnolia", "Maple", "Meadow", "Mill",
    "Monroe", "Mountain View", "Myrtle", "Oakmont", "Olive", "Orchard", "Park", "Pearl", "Pine",
    "Polk", "Poplar", "Prairie", "Quail", "Redwood", "River", "Rosewood", "Spruce", "Sunset",
    "Sycamore", "Timber", "Tyler", "Valley View", "Van Buren", "Vine", "Walnut", "Washington",
    "Willamette", "Willow", "Wisteria",
)  # fmt: skip

SUFFIXES = ("St", "St", "St", "Ave", "Ave", "Dr", "Ln", "Rd", "Way", "Ct", "Pl", "Loop")

UNITS = ("Apt", "Apt", "Unit", "Suite", "#")
