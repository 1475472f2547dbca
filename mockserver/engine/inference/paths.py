"""Paths as templates: literal segments, parameters, and verbs that hang on either."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mockserver.contract import Operation

HOLE = "{}"
_PURE = re.compile(r"\{([^{}]+)\}\Z")
_SUFFIX = re.compile(r"\.(json|xml|\{format\})\Z")
_VERBED = re.compile(r"(\{[^{}]+\}|[^{}:]+):([A-Za-z][\w-]*)\Z")
_ODATA = re.compile(r"([A-Za-z]\w*)\((?:'?)\{([^{}=]+)\}(?:'?)\)\Z")
_VERSION = re.compile(r"v\d+([._]\d+)*|api|rest|public", re.IGNORECASE)

Form = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A path in its general form (`('pets', '{}')`) with the names of its parameters in order."""

    form: Form
    names: tuple[str, ...]

    @classmethod
    def of(cls, path: str) -> Template:
        """Read a path: `/pets/{id}.json`, `/pets/{id}:feed` and `/pets('{id}')` as they mean."""
        form: list[str] = []
        names: list[str] = []
        for segment in path.strip("/").split("/"):
            for part in _parts(segment):
                pure = _PURE.match(part)
                form.append(HOLE if pure else part)
                names.extend(re.findall(r"\{([^{}]+)\}", part))
        return cls(tuple(form), tuple(names))


def _parts(segment: str) -> tuple[str, ...]:
    segment = _SUFFIX.sub("", segment) if not _PURE.match(segment) else segment
    if odata := _ODATA.match(segment):
        return odata[1], "{" + odata[2] + "}"
    if verbed := _VERBED.match(segment):
        return verbed[1], verbed[2]
    return (segment,)


@dataclass(slots=True)
class Spot:
    """Every operation of one general form, by method, each with its template."""

    form: Form
    operations: dict[str, tuple[Operation, Template]] = field(default_factory=dict)

    @property
    def is_item(self) -> bool:
        """Whether the form ends in a parameter."""
        return len(self.form) > 1 and self.form[-1] == HOLE


def spots_of(operations: tuple[Operation, ...]) -> tuple[dict[Form, Spot], list[Operation]]:
    """The operations by general form, short forms first; and those whose place is taken."""
    found: dict[Form, Spot] = {}
    left: list[Operation] = []
    for operation in operations:
        template = Template.of(operation.path)
        spot = found.setdefault(template.form, Spot(template.form))
        if operation.method in spot.operations:
            left.append(operation)
        else:
            spot.operations[operation.method] = (operation, template)
    return dict(sorted(found.items(), key=lambda pair: len(pair[0]))), left


def text_of(form: Form) -> str:
    """A form as a path."""
    return "/" + "/".join(form)


def noun_of(form: Form) -> str:
    """The last literal segment that is no version."""
    literals = [each for each in form if "{" not in each and not _VERSION.fullmatch(each)]
    return literals[-1] if literals else "record"


def holes(form: Form) -> int:
    """How many parameters a form has."""
    return sum(each.count("{") for each in form)
