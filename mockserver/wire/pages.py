"""Pages beside the contracts: the document, Swagger UI from its package, and the health."""

from __future__ import annotations

import html
from typing import Any

import orjson
import swagger_ui_bundle
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from mockserver.wire.api import Api

_DOCS = """<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>{title}</title>
  <link rel="icon" href="/docs/favicon-32x32.png">
  <link rel="stylesheet" href="/docs/swagger-ui.css">
  <style>body {{ margin: 0 }}</style>
</head>
<body>
  <div id="ui"></div>
  <script src="/docs/swagger-ui-bundle.js"></script>
  {more}<script>
    SwaggerUIBundle({{
      {documents}, dom_id: "#ui", deepLinking: true, persistAuthorization: true,
      tryItOutEnabled: true, displayRequestDuration: true, defaultModelsExpandDepth: 0,
      validatorUrl: null
    }});
  </script>
</body>
</html>
"""


_ONE = 'url: "{url}"'
_SEVERAL = (
    'urls: %s, layout: "StandaloneLayout", '
    "presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset]"
)
_CHOICE = '<script src="/docs/swagger-ui-standalone-preset.js"></script>\n  '
_PREFIX = "world_prefix"


class Pages:
    """The pages as one ASGI application, and which paths are theirs.

    Below `/~name` they are the same, but for where a document says its server is. Every contract
    has its document below its base path; `/openapi.json` is the first of them. A contract that has
    one of the paths keeps it: pages are only looked for where no operation is found.
    """

    def __init__(self, apis: tuple[Api, ...]) -> None:
        self._title = html.escape(", ".join(api.contract.title for api in apis))
        self._documents = {f"{api.base_path}/openapi.json": api for api in reversed(apis)}
        self._documents["/openapi.json"] = apis[0]
        self._sources = {
            path.removesuffix("json") + "yaml": api.contract.source.encode()
            for path, api in self._documents.items()
        }
        self._named = [
            {"url": f"{api.base_path}/openapi.json", "name": api.base_path or api.contract.title}
            for api in apis
        ]
        self._app = Starlette(
            routes=[
                Route("/", self._start),
                Route("/docs", self._docs),
                Route("/health", self._health),
                *(Route(path, self._json) for path in self._documents),
                *(Route(path, self._yaml) for path in self._sources),
                Mount("/docs", StaticFiles(directory=swagger_ui_bundle.swagger_ui_path)),
            ]
        )
        self._paths = frozenset({"/", "/docs", "/health", *self._documents, *self._sources})

    def owns(self, path: str) -> bool:
        """Whether a path, less the prefix that names a world, leads to a page."""
        return path in self._paths or path.startswith("/docs/")

    async def answer(
        self, prefix: str, path: str, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Answer with the page; unknown files below `/docs` are a plain 404."""
        inner = {**scope, "path": path, "root_path": "", _PREFIX: prefix}
        await self._app(inner, receive, send)

    async def _start(self, request: Request) -> Response:
        return RedirectResponse(request.scope[_PREFIX] + "/docs")

    async def _docs(self, request: Request) -> Response:
        prefix = request.scope[_PREFIX]
        urls = [{**each, "url": prefix + each["url"]} for each in self._named]
        is_one = len(urls) == 1
        shown = _ONE.format(url=urls[0]["url"]) if is_one else _SEVERAL % _script(urls)
        more = "" if is_one else _CHOICE
        return HTMLResponse(_DOCS.format(title=self._title, documents=shown, more=more))

    async def _health(self, _request: Request) -> Response:
        """What `/__admin/health` says, where probes look that know nothing of us."""
        return Response(b'{"status":"ok"}', media_type="application/json")

    async def _json(self, request: Request) -> Response:
        api = self._documents[request.scope["path"]]
        document, here = api.contract.document, request.scope[_PREFIX] + api.base_path
        if here or _is_elsewhere(document):
            document = {**document, "servers": [{"url": here or "/"}]}
        return Response(orjson.dumps(document), media_type="application/json")

    async def _yaml(self, request: Request) -> Response:
        return Response(self._sources[request.scope["path"]], media_type="application/yaml")


def _is_elsewhere(document: dict[str, Any]) -> bool:
    """Whether a document says that its server is another one."""
    return any(server.get("url") != "/" for server in document.get("servers") or [{}])


def _script(value: Any) -> str:
    """JSON as it may stand in a script."""
    return orjson.dumps(value).decode().replace("<", "\\u003c")
