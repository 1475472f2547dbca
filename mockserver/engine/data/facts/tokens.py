"""Facts that machines read: ids, keys, addresses on a network, versions, links."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any

from mockserver.engine.data.facts.entity import Entity

_BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"
_BASE62 = _BASE36 + _BASE36[10:].upper()


def _text(entity: Entity, letters: str, size: int) -> str:
    return "".join(entity.chance.choices(letters, k=size))


def _hex(entity: Entity, size: int) -> str:
    return f"{entity.chance.getrandbits(size * 4):0{size}x}"


def _uuid(entity: Entity) -> str:
    number = entity.chance.getrandbits(128)
    number = number & ~(0xF << 76) | 4 << 76
    number = number & ~(3 << 62) | 2 << 62
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _ulid(entity: Entity) -> str:
    return "01" + _text(entity, _BASE32, 24)


def _prefixed(entity: Entity) -> str:
    prefix = entity.kind[-1][:4] if entity.kind else "id"
    return f"{prefix}_{_id_ending(entity)}"


def _id_ending(entity: Entity) -> str:
    return _text(entity, _BASE36, 14)


def _base64(entity: Entity) -> str:
    return base64.b64encode(str(entity.fact("sentence")).encode()).decode()


def _base64url(entity: Entity) -> str:
    return base64.urlsafe_b64encode(entity.chance.randbytes(18)).decode()


def _jwt(entity: Entity) -> str:
    subject, signature = _text(entity, _BASE62, 13), _text(entity, _BASE62, 43)
    return f"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI{subject}In0.{signature}"


def _ipv4(entity: Entity) -> str:
    return f"{entity.pick(('192.0.2', '198.51.100', '203.0.113'))}.{1 + entity.below(254)}"


def _ipv6(entity: Entity) -> str:
    return f"2001:db8::{1 + entity.below(65535):x}:{1 + entity.below(65535):x}"


def _mac(entity: Entity) -> str:
    return ":".join(("02", *(_hex(entity, 2) for _ in range(5))))


def _version(entity: Entity) -> str:
    return f"{1 + entity.below(4)}.{entity.below(12)}.{entity.below(10)}"


def _url(entity: Entity) -> str:
    return f"https://www.example.com/{entity.fact('slug')}"


def _image(entity: Entity) -> str:
    return f"https://images.example.com/{entity.fact('slug')}-{entity.below(1000)}.jpg"


def _avatar(entity: Entity) -> str:
    return f"https://images.example.com/avatars/{entity.fact('username')}.png"


def _sku(entity: Entity) -> str:
    return f"{_text(entity, _BASE32[10:], 3)}-{1000 + entity.below(9000)}"


def _number(entity: Entity) -> str:
    initial = entity.kind[-1][:3].upper() if entity.kind else "NO"
    return f"{initial}-{entity.now.year}-{1 + entity.below(9999):04}"


def _iban(entity: Entity) -> str:
    bank = f"37040044{entity.below(10**10):010}"
    check = 98 - int(f"{bank}131400") % 97
    return f"DE{check:02}{bank}"


def _isbn(entity: Entity) -> str:
    digits = f"978{entity.below(10**9):09}"
    weighed = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(digits))
    return f"{digits}{-weighed % 10}"


FACTS: Mapping[str, Callable[[Entity], Any]] = {
    "uuid": _uuid,
    "ulid": _ulid,
    "prefixed_id": _prefixed,
    "id_ending": _id_ending,
    "number_text": lambda e: str(1000 + e.below(900_000)),
    "digits": lambda e: str(10**9 + e.below(9 * 10**9)),
    "token": lambda e: _text(e, _BASE62, 32),
    "short_token": lambda e: _text(e, _BASE36, 8),
    "cursor": _base64url,
    "jwt": _jwt,
    "sha1": lambda e: _hex(e, 40),
    "sha256": lambda e: _hex(e, 64),
    "md5": lambda e: _hex(e, 32),
    "object_id": lambda e: _hex(e, 24),
    "base64": _base64,
    "base64url": _base64url,
    "password": lambda e: f"{e.fact('noun')}-{e.fact('word')}-{_text(e, _BASE36, 4)}!7",
    "ipv4": _ipv4,
    "ipv6": _ipv6,
    "cidr": lambda e: f"10.{e.below(256)}.0.0/16",
    "mac": _mac,
    "version": _version,
    "url": _url,
    "image": _image,
    "avatar": _avatar,
    "relative_url": lambda e: f"/{e.fact('slug')}",
    "sku": _sku,
    "reference_number": _number,
    "iban": _iban,
    "bic": lambda e: e.pick(("COBADEFFXXX", "DEUTDEFFXXX", "INGDDEFFXXX")),
    "isbn": _isbn,
    "ean": _isbn,
    "etag": lambda e: f'"{_hex(e, 16)}"',
    "hashtag": lambda e: f"#{e.fact('word')}",
    "json_pointer": lambda e: f"/data/{e.below(10)}",
    "relative_json_pointer": lambda e: f"{e.below(3)}/name",
    "regex": lambda e: e.pick(("^[a-z]+$", "^[0-9]{5}$", "^[A-Z]{2}-")),
    "uri_template": lambda e: f"https://api.example.com/{e.fact('word')}s/{{id}}",
    "cron": lambda e: f"{e.below(60)} {e.below(24)} * * *",
    "phone_extension": lambda e: str(100 + e.below(900)),
    "tax_number": lambda e: f"DE{100_000_000 + e.below(900_000_000)}",
}
