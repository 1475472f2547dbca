"""From a YAML file to a Scenario."""

from __future__ import annotations

from pathlib import Path

from mockserver.contract import load_document, read_document
from mockserver.errors import SetupError
from mockserver.locales import is_known_locale
from mockserver.seed.reading.amounts import (
    booking_amounts,
    customer_amounts,
    hours,
    invoice_amounts,
    refuse_impossible,
)
from mockserver.seed.reading.company import places, rules, staff, zones
from mockserver.seed.reading.entry import Entry
from mockserver.seed.reading.rows import rows
from mockserver.seed.scenario import Scenario

_FILE_ENDINGS = (".yaml", ".yml", ".json")


def load_scenario(name_or_path: str, directory: Path) -> Scenario:
    """The scenario of a name (``<directory>/<name>.yaml``) or of a file.

    What holds a slash or ends like a YAML or JSON file is a path, read as given. Every misfit of
    the file raises ``SetupError`` with one sentence: file, entry, value, and what is allowed.
    """
    path = _path_of(name_or_path, directory)
    return read_scenario(read_document(path), str(path), path.stem)


def read_scenario(text: str, origin: str, name: str) -> Scenario:
    """The scenario that a YAML text tells; ``origin`` names the text in errors."""
    entry = Entry(origin, "", load_document(text, origin))
    its_rules, its_zones = rules(entry), zones(entry)
    its_staff = staff(entry, its_zones)
    scenario = Scenario(
        name=entry.text("name", most=60) or name,
        about=entry.text("about", most=1000, lines=True) or "",
        locale=_locale(entry),
        rules=its_rules,
        zones=its_zones,
        staff=its_staff,
        more_staff=entry.whole("more_staff", 0, most=10_000),
        places=places(entry),
        hours=hours(entry.child("hours")),
        customers=customer_amounts(entry.child("customers")),
        bookings=booking_amounts(entry.child("bookings")),
        invoices=invoice_amounts(entry.child("invoices")),
        rows=rows(entry.child("rows"), its_rules, its_zones, its_staff),
    )
    entry.close()
    refuse_impossible(entry, scenario)
    return scenario


def _path_of(name_or_path: str, directory: Path) -> Path:
    if "/" in name_or_path or "\\" in name_or_path or name_or_path.endswith(_FILE_ENDINGS):
        return Path(name_or_path)
    path = directory / f"{name_or_path}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in directory.glob("*.yaml"))) or "none"
        raise SetupError(
            f"There is no scenario {name_or_path!r}: choose from {known}, or name a YAML file."
        )
    return path


def _locale(entry: Entry) -> str:
    locale = entry.text("locale", most=20) or "en_US"
    if not is_known_locale(locale):
        raise entry.misfit(f"is {locale!r}: it must be a locale that Faker has, as en_US", "locale")
    return locale
