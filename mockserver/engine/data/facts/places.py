"""Places on earth whose parts agree: city, region, postcode, country, currency, coordinates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Country:
    """A country. `dial` is the prefix of its phone numbers, `postcode` has `#` for a digit."""

    code: str
    code3: str
    name: str
    currency: str
    dial: str
    language: str
    zone: str
    postcode: str


@dataclass(frozen=True, slots=True)
class Place:
    """A city in its country; degrees north and east."""

    country: Country
    city: str
    region: str
    region_code: str
    latitude: float
    longitude: float


_COUNTRIES = (
    Country("US", "USA", "United States", "USD", "+1", "en", "America/New_York", "#####"),
    Country("GB", "GBR", "United Kingdom", "GBP", "+44", "en", "Europe/London", "SW# #AB"),
    Country("CA", "CAN", "Canada", "CAD", "+1", "en", "America/Toronto", "K#A #B#"),
    Country("AU", "AUS", "Australia", "AUD", "+61", "en", "Australia/Sydney", "2###"),
    Country("DE", "DEU", "Germany", "EUR", "+49", "de", "Europe/Berlin", "1####"),
    Country("AT", "AUT", "Austria", "EUR", "+43", "de", "Europe/Vienna", "1###"),
    Country("CH", "CHE", "Switzerland", "CHF", "+41", "de", "Europe/Zurich", "8###"),
    Country("FR", "FRA", "France", "EUR", "+33", "fr", "Europe/Paris", "75###"),
    Country("ES", "ESP", "Spain", "EUR", "+34", "es", "Europe/Madrid", "28###"),
    Country("IT", "ITA", "Italy", "EUR", "+39", "it", "Europe/Rome", "00###"),
    Country("NL", "NLD", "Netherlands", "EUR", "+31", "nl", "Europe/Amsterdam", "1### AB"),
    Country("SE", "SWE", "Sweden", "SEK", "+46", "sv", "Europe/Stockholm", "1## ##"),
    Country("PL", "POL", "Poland", "PLN", "+48", "pl", "Europe/Warsaw", "0#-###"),
    Country("BR", "BRA", "Brazil", "BRL", "+55", "pt", "America/Sao_Paulo", "0####-###"),
    Country("MX", "MEX", "Mexico", "MXN", "+52", "es", "America/Mexico_City", "0####"),
    Country("JP", "JPN", "Japan", "JPY", "+81", "ja", "Asia/Tokyo", "1##-####"),
    Country("IN", "IND", "India", "INR", "+91", "hi", "Asia/Kolkata", "11####"),
)
_CITIES = (
    ("US", "Portland", "Oregon", "OR", 45.5152, -122.6784),
    ("US", "Austin", "Texas", "TX", 30.2672, -97.7431),
    ("US", "Denver", "Colorado", "CO", 39.7392, -104.9903),
    ("US", "Boston", "Massachusetts", "MA", 42.3601, -71.0589),
    ("US", "Seattle", "Washington", "WA", 47.6062, -122.3321),
    ("US", "Chicago", "Illinois", "IL", 41.8781, -87.6298),
    ("US", "Madison", "Wisconsin", "WI", 43.0731, -89.4012),
    ("US", "Savannah", "Georgia", "GA", 32.0809, -81.0912),
    ("GB", "London", "England", "ENG", 51.5072, -0.1276),
    ("GB", "Edinburgh", "Scotland", "SCT", 55.9533, -3.1883),
    ("CA", "Toronto", "Ontario", "ON", 43.6532, -79.3832),
    ("CA", "Vancouver", "British Columbia", "BC", 49.2827, -123.1207),
    ("AU", "Sydney", "New South Wales", "NSW", -33.8688, 151.2093),
    ("AU", "Melbourne", "Victoria", "VIC", -37.8136, 144.9631),
    ("DE", "Berlin", "Berlin", "BE", 52.52, 13.405),
    ("DE", "Hamburg", "Hamburg", "HH", 53.5511, 9.9937),
    ("DE", "Leipzig", "Sachsen", "SN", 51.3397, 12.3731),
    ("AT", "Wien", "Wien", "9", 48.2082, 16.3738),
    ("CH", "Zürich", "Zürich", "ZH", 47.3769, 8.5417),
    ("FR", "Paris", "Île-de-France", "IDF", 48.8566, 2.3522),
    ("FR", "Lyon", "Auvergne-Rhône-Alpes", "ARA", 45.764, 4.8357),
    ("ES", "Madrid", "Madrid", "MD", 40.4168, -3.7038),
    ("IT", "Roma", "Lazio", "LAZ", 41.9028, 12.4964),
    ("NL", "Amsterdam", "Noord-Holland", "NH", 52.3676, 4.9041),
    ("SE", "Stockholm", "Stockholm", "AB", 59.3293, 18.0686),
    ("PL", "Warszawa", "Mazowieckie", "MZ", 52.2297, 21.0122),
    ("BR", "São Paulo", "São Paulo", "SP", -23.5505, -46.6333),
    ("MX", "Ciudad de México", "CDMX", "CMX", 19.4326, -99.1332),
    ("JP", "Tokyo", "Tokyo", "13", 35.6762, 139.6503),
    ("IN", "New Delhi", "Delhi", "DL", 28.6139, 77.209),
)
_BY_CODE: Mapping[str, Country] = {country.code: country for country in _COUNTRIES}

PLACES = tuple(Place(_BY_CODE[code], *rest) for code, *rest in _CITIES)  # type: ignore[arg-type]


def places_of(country: str) -> tuple[Place, ...]:
    """The cities of a country by its two letters; of any country for one that is not known."""
    return tuple(place for place in PLACES if place.country.code == country) or PLACES


def place_like(text: str) -> Place | None:
    """The first place that a text names by its city, country, country code or currency."""
    for place in PLACES:
        country = place.country
        if text in (place.city, country.code, country.code3, country.name, country.currency):
            return place
    return None
