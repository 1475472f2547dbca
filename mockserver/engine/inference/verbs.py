"""Words that say what an operation does: CRUD verbs, searches, and actions on a record."""

from __future__ import annotations

from mockserver.engine.inference.model import Kind
from mockserver.engine.names import words

_LIST = ("list", "search", "query", "find", "all", "filter", "browse", "index")
_CREATE = ("create", "add", "new", "insert", "register", "make")
_READ = ("get", "info", "read", "show", "retrieve", "fetch", "details", "detail", "view",
         "describe", "lookup")  # fmt: skip
_UPDATE = ("update", "edit", "modify", "patch", "save", "change", "rename")
_DELETE = ("delete", "remove", "destroy", "purge")
_ACTION_WORDS = """
    accept acknowledge activate allow apply approve archive assign attach authorize block book
    cancel capture charge check checkin checkout claim clear clone close commit complete
    confirm connect copy deactivate decline deploy detach disable disconnect dismiss duplicate
    enable execute expire export extend finalize finish flag follow fork freeze grant hide
    hold ignore import install invite invoke join kick kill launch leave link lock login
    logout mark merge move mute notify open pause pay pin ping play post preview process
    promote publish reactivate rebuild recover refresh refund reject release reload renew
    reopen repair replace replay reply report request resend reset resize resolve restart
    restore resume retry return revert review revoke rollback rotate run scan schedule send
    share ship sign simulate skip snooze split start stop submit subscribe suspend swap switch
    sync terminate test toggle track transfer trigger unarchive unassign unblock undelete undo
    unfollow unhide uninstall unlink unlock unmute unpin unpublish unsubscribe unsuspend
    upload use validate verify void wake withdraw
"""
_ACTIONS = frozenset(_ACTION_WORDS.split())

CRUD: dict[str, Kind] = {
    **dict.fromkeys(_LIST, Kind.LIST),
    **dict.fromkeys(_CREATE, Kind.CREATE),
    **dict.fromkeys(_READ, Kind.READ),
    **dict.fromkeys(_UPDATE, Kind.UPDATE),
    **dict.fromkeys(_DELETE, Kind.DELETE),
}
SELF = frozenset({"me", "self", "current", "mine", "latest", "default", "my"})


def crud_of(segment: str) -> tuple[Kind | None, str]:
    """The CRUD verb that a segment begins or ends with, and the noun that is left of it.

    `createPet`, `pet.create` and `create` give the same kind, the last one without a noun.
    """
    parts = words(segment)
    if not parts:
        return None, ""
    if parts[0] in CRUD:
        return CRUD[parts[0]], "_".join(parts[1:])
    if parts[-1] in CRUD and len(parts) > 1:
        return CRUD[parts[-1]], "_".join(parts[:-1])
    return None, "_".join(parts)


def is_search(segment: str) -> bool:
    """Whether a segment below a collection asks for some of its records (`findByStatus`)."""
    return crud_of(segment)[0] is Kind.LIST


def is_action(segment: str) -> bool:
    """Whether a segment says what is to happen to a record."""
    parts = words(segment)
    return bool(parts) and (parts[0] in _ACTIONS or parts[0] in CRUD)
