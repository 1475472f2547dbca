"""Plans for texts: what a name and a format tell, an example varied, a pattern written out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from mockserver.engine.data import forms, meanings, vocabulary
from mockserver.engine.data.amounts import amount_text, is_amount
from mockserver.engine.data.facts import FACTS, Entity, Pools, date_text, instant, moment_key
from mockserver.engine.data.meanings import is_main
from mockserver.engine.data.merging import Contradiction, Flat
from mockserver.engine.data.naming import spelled, words_of
from mockserver.engine.data.patterns import Template
from mockserver.engine.data.scalars import Check, check_of
from mockserver.engine.data.scene import MISSING, Scene
from mockserver.ids import Ids
from mockserver.locales import PLAIN_LOCALE

Source = Callable[[Scene], str | None]
_LONGEST = 4_000_000
_PROBES = 6
_SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)
_TRIES = 24
_STRETCH = 2000
_FIXED = 20  # characters of a pattern, at most, that are not repeated

# Formats that many facts are written in: what the name tells comes before what the format tells.
_LOOSE = frozenset(
    {"uri", "url", "uri-reference", "iri", "iri-reference", "string", "text", "href"}
)
_FORMATS: Mapping[str, str] = {
    "email": "email", "idn-email": "email", "uuid": "uuid", "guid": "uuid", "uri": "url",
    "url": "url", "iri": "url", "uri-reference": "relative_url", "iri-reference": "relative_url",
    "hostname": "host", "idn-hostname": "host", "ipv4": "ipv4", "ip": "ipv4", "ipv6": "ipv6",
    "uri-template": "uri_template", "json-pointer": "json_pointer",
    "relative-json-pointer": "relative_json_pointer", "regex": "regex", "byte": "base64",
    "base64": "base64", "base64url": "base64url", "password": "password", "binary": "sentence",
    "phone": "phone", "phone-number": "phone", "e164": "phone", "currency": "currency",
    "country-code": "country_code", "iso3166-1-alpha-2": "country_code", "locale": "locale",
    "language": "language", "color": "colour_hex", "hex-color": "colour_hex", "semver": "version",
    "ulid": "ulid", "credit-card": "card_number", "iban": "iban", "isbn": "isbn", "jwt": "jwt",
    "sha1": "sha1", "sha256": "sha256", "md5": "md5", "mac": "mac", "cidr": "cidr", "ipv4-cidr":
    "cidr", "timezone": "timezone", "slug": "slug", "markdown": "sentences", "html": "sentences",
    "mime-type": "mime", "objectid": "object_id", "int64": "number_text", "int32": "number_text",
    "cron": "cron", "hex": "object_id", "zip-code": "postcode", "domain": "domain",
}  # fmt: skip
_DURATIONS = ("PT{}M", "PT{}H", "P{}D", "P{}W", "PT{}S", "PT1H{}M", "P1DT{}H", "P{}M", "P{}Y")
# What a pattern that nothing is known of may take: the first that always fits is taken.
_COMMON = (
    "word", "slug", "phrase", "noun", "code", "number_text", "version", "short_token", "uuid",
    "object_id", "sha1", "sha256", "relative_url", "url",
)  # fmt: skip
_TELLING_TIME = spelled("at date time timestamp datetime on")


class TextPlan:
    """A text from the first source that gives one that fits.

    `fact` is what the text tells of the thing that has it, None when that is not known.
    """

    __slots__ = ("_best", "_check", "_sure", "fact")

    def __init__(self, flat: Flat, name: str, parent: str, documented: list[Any]) -> None:
        self._check = check_of(flat)
        self.fact = _fact_of(flat, name, parent)
        examples = [v for v in documented if isinstance(v, str) and v and self._check(v)]
        looks = list(_looks(self.fact, flat, name, examples))
        sure = [*_patterned(flat, self._check), _fitted(flat, looks)]
        common = _common(self._check) if "pattern" in flat else ()
        self._best = (*looks, *common, *sure)
        self._sure = (*sure, *looks)

    def make(self, scene: Scene, given: Any = MISSING) -> Any:
        """The given text, also when it is a number, else one made; Contradiction when none fits."""
        if given is not MISSING:
            text = str(given) if isinstance(given, int | float) and given is not True else given
            if isinstance(text, str) and self._check(text):
                return text
        for source in self._sure if scene.plain else self._best:
            made = source(scene)
            if made is not None and self._check(made):
                return made
        raise Contradiction

    def affinity(self, value: Any) -> float:
        """Two for a text that fits, one for another text."""
        return -1 if not isinstance(value, str) else 2 if self._check(value) else 0.5


def _fact_of(flat: Flat, name: str, parent: str) -> str | None:
    """What the text tells: the hint of the document, else an instant, else what the name says."""
    hint = meanings.hinted(flat.get("x-faker"))
    if hint is not None:
        return hint
    words = words_of(name)
    form = flat.get("format")
    if form in {"date", "date-time", "datetime"}:
        return moment_key(words)
    fact = meanings.text_meaning(name, parent)
    if fact is None and form is None and words and words[-1] in _TELLING_TIME:
        return moment_key(words)
    return fact


def _looks(fact: str | None, flat: Flat, name: str, examples: list[str]) -> Iterator[Source]:
    form = str(flat.get("format", "")).lower()
    by_format = _of_format(form, name, fact)
    if examples:
        yield _of_examples(examples, fact, form)
    by_name = _of_named_fact(fact, name) if fact is not None else None
    ordered = (by_name, by_format) if form in _LOOSE else (by_format, by_name)
    yield from (source for source in ordered if source is not None)
    yield from (_of_fact(shorter) for shorter in _SHORTER.get(str(fact), ()))
    if fact is None and not by_format and is_amount(name):
        yield lambda scene: amount_text(name, scene.chance)
    if "pattern" not in flat:
        yield _afresh("phrase")


# What else may be meant where the first does not fit.
_SHORTER: Mapping[str, tuple[str, ...]] = {
    "country": ("country_code", "country_code3"),
    "region": ("region_code",),
    "currency": ("currency_lower",),
    "locale": ("locale_underscored", "language"),
    "language": ("locale", "locale_underscored"),
    "full_name": ("last_name", "first_name"),
    "prefixed_id": ("number_text", "uuid", "short_token"),
    "sentences": ("sentence",),
}


def _of_named_fact(fact: str, name: str) -> Source:
    """The fact as a property of this name tells it: links, ids and labels are each their own."""
    before = words_of(name)[:-1]
    if fact == "url" and before:
        return lambda scene: f"{scene.entity.fact('url')}/{'-'.join(before)}"
    if fact == "prefixed_id" and before:
        return lambda scene: f"{before[-1][:4]}_{scene.entity.makers['id_ending'](scene.entity)}"
    return _afresh(fact) if fact in vocabulary.LOOSE and not is_main(name) else _of_fact(fact)


def _afresh(fact: str) -> Source:
    return lambda scene: str(scene.entity.makers[fact](scene.entity))


def _of_fact(fact: str) -> Source:
    if _is_instant(fact):
        return lambda scene: instant(scene.entity, fact)
    return lambda scene: str(scene.entity.fact(fact))


def _is_instant(fact: str) -> bool:
    return ":" in fact or fact in _INSTANTS


_INSTANTS = spelled("birth created updated last start end due expires next")


def _of_format(form: str, name: str, fact: str | None) -> Source | None:
    if form in {"date-time", "datetime"} and fact is not None:
        return lambda scene: instant(scene.entity, fact)
    if form == "date" and fact is not None:
        return lambda scene: date_text(scene.entity, fact)
    if form in {"time", "partial-time"}:
        key = moment_key((*words_of(name), "start"))
        ending = "Z" if form == "time" else ""
        return lambda scene: instant(scene.entity, key)[11:19] + ending
    if form == "duration":
        return lambda scene: _DURATIONS[0].format(5 + scene.entity.below(50))
    if form in {"decimal", "money", "float", "double", "number"}:
        return lambda scene: amount_text(name, scene.chance)
    return _of_fact(_FORMATS[form]) if form in _FORMATS else None


def _of_examples(examples: list[str], fact: str | None, form: str) -> Source:
    """The documented texts, as often as they are better than what can be made up."""
    share = _share_of_examples(fact, form)

    def made(scene: Scene) -> str | None:
        text = scene.pick(examples)
        if share and forms.is_day(text):
            return instant(scene.entity, "created")[: max(10, len(text))]
        if share and forms.is_variable(text):
            return forms.varied(text, scene.chance)
        return text if scene.chance.random() < share else None

    return made


def _share_of_examples(fact: str | None, form: str) -> float:
    if fact is None:
        return 0.0 if form in _UNIQUE else 1.0
    if form in _UNIQUE or fact in vocabulary.SINGULAR or _is_instant(fact):
        return 0.0
    return 0.5 if fact in vocabulary.VAGUE else 0.3


_UNIQUE = frozenset({"uuid", "guid", "date", "date-time", "time", "email", "ipv4", "ipv6"})


def _common(check: Check) -> tuple[Source, ...]:
    """A readable source whose texts fit whatever chance says, where there is one."""
    strangers = _strangers()
    for fact in _COMMON:
        if all(check(str(stranger.fact(fact))) for stranger in strangers):
            return (_of_fact(fact),)
    return ()


def _strangers() -> list[Entity]:
    """Things that are the same in every process: what fits must not depend on what was before."""
    pools = Pools(PLAIN_LOCALE)
    streams = (Ids(0).stream(f"probe/{number}") for number in range(_PROBES))
    return [Entity(stream, _SOME_DAY, pools, FACTS) for stream in streams]


def _patterned(flat: Flat, check: Check) -> Iterator[Source]:
    """Sources that write a pattern, or all the forms of a duration, until a text fits."""
    if flat.get("format") == "duration":
        yield _duration(check)
    for pattern in flat.get("pattern", ()):
        try:
            template = Template(pattern)
        except ValueError:
            continue
        yield _written(flat, template, check)


def _duration(check: Check) -> Source:
    def made(scene: Scene) -> str | None:
        number = 1 + scene.entity.below(9)
        texts = (form.format(number) for form in _DURATIONS)
        return next((text for text in texts if check(text)), None)

    return made


def _written(flat: Flat, template: Template, check: Check) -> Source:
    """The pattern written until it fits, also behind what the format asks for."""
    least, most = flat.get("minLength", 0), flat.get("maxLength")
    form = str(flat.get("format", "")).lower()
    lead = _of_fact(_FORMATS[form]) if form in _FORMATS else None

    def made(scene: Scene) -> str | None:
        for text in _attempts(template, scene, least, most):
            if check(text):
                return text
            if lead is not None and check(together := f"{lead(scene)}/{text}"):
                return together
        return None

    return made


def _attempts(template: Template, scene: Scene, least: int, most: int | None) -> Iterator[str]:
    """Texts of many lengths: short ones first, then such as are just as long as they must be."""
    longest = least if most is None else min(most, least + _STRETCH)
    room = 4 * longest + _STRETCH
    for further, ahead, exact in _strides(least, longest):
        try:
            yield template.text(scene.chance, further, ahead=ahead, exact=exact, longest=room)
        except ValueError:
            continue


def _strides(least: int, longest: int) -> Iterator[tuple[int, bool, bool]]:
    """How far repeats go, whether look-ahead is written down, whether repeats are exact."""
    spreads = (3, 1, 8, 0, 16, 40)
    for number in range(_TRIES):
        yield spreads[number % len(spreads)], number % 2 == 1, False
    for length in dict.fromkeys((least, longest, (least + longest) // 2)):
        for shorter in range(_FIXED):
            yield max(0, length - shorter), False, True
        for parts in (2, 3, 4):
            yield length // parts, False, True
            yield length // parts, True, True


def _fitted(flat: Flat, looks: list[Source]) -> Source:
    """The last resort: a believable text, cut or lengthened to what is allowed."""
    least, most = flat.get("minLength", 0), flat.get("maxLength")

    def made(scene: Scene) -> str | None:
        if least > _LONGEST:
            raise Contradiction
        text = next((t for t in (look(scene) for look in looks) if t), None)
        text = text or str(scene.entity.fact("phrase"))
        while len(text) < least:
            more = str(scene.entity.fact("sentence"))
            text = f"{text} {more} " * max(1, (least - len(text)) // 400)
        cut = text if most is None else text[: max(least, most)]
        return cut.rstrip() if len(cut.rstrip()) >= least else cut.rstrip().ljust(least, "a")

    return made
