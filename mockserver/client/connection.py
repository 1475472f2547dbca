"""The one way from a client to a server: a request there, JSON or an error back."""

from __future__ import annotations

import ssl
from typing import Any, NoReturn
from urllib.parse import urlsplit

import httpx

from mockserver.client.errors import Refused, Unreachable

ADMIN_PATH = "/__admin"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Connection:
    """An address, the token that opens its admin API, and the sockets to it.

    `url` may carry the prefix of a world (`http://…/~name`); Unreachable when it is no address at
    all. Reading the certificates of the system takes tens of milliseconds, so they are read only
    for an https address, and once.
    """

    def __init__(self, url: str, token: str = "", timeout_s: float = 30.0) -> None:
        self.url = url.rstrip("/")
        self._timeout_s = timeout_s
        self._tls = _tls(self.url)
        try:
            self._http = self.open(self.url, {"Authorization": f"Bearer {token}"} if token else {})
        except httpx.InvalidURL as error:
            raise _nobody(self.url, error) from error

    def open(self, url: str, headers: dict[str, str]) -> httpx.Client:
        """Another client of the same server; whoever asks for it closes it."""
        # A proxy of the environment cannot reach this machine's own loopback address.
        local = _host(url) in _LOOPBACK
        return httpx.Client(
            base_url=url,
            headers=headers,
            verify=self._tls,
            timeout=self._timeout_s,
            trust_env=not local,
        )

    def call(self, method: str, path: str, query: dict[str, Any], body: Any = None) -> Any:
        """The JSON the admin API answers with, None when it answers without a body.

        Raises Refused for a refusal, Unreachable when no mockserver is there.
        """
        shown = {name: value for name, value in query.items() if value not in (None, "")}
        try:
            answer = self._http.request(method, ADMIN_PATH + path, params=shown, json=body)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _nobody(self.url, error) from error
        if answer.status_code == 204:
            return None
        value = _json(answer)
        if not answer.is_success:
            _refuse(self.url, answer, value)
        return value

    def close(self) -> None:
        """Close the sockets."""
        self._http.close()


def _tls(url: str) -> ssl.SSLContext:
    if url.startswith("https:"):
        return ssl.create_default_context()
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _json(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        return None


def _nobody(url: str, error: Exception) -> Unreachable:
    return Unreachable(
        f"No server answers at {url} ({str(error) or type(error).__name__}); "
        "start one with `mockserver serve`, or name its address."
    )


def _refuse(url: str, answer: httpx.Response, problem: Any) -> NoReturn:
    if not isinstance(problem, dict) or "detail" not in problem:
        raise Unreachable(
            f"{url} is no mockserver: {answer.request.method} {answer.request.url.path} was "
            f"answered with {answer.status_code} and no problem document."
        )
    raise Refused(
        int(problem.get("status", answer.status_code)),
        str(problem.get("code", "")),
        str(problem["detail"]),
        tuple(problem.get("violations", ())),
    )
