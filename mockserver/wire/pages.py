"""Pages beside the contracts: the document, Swagger UI from its package, and the health."""

from __future__ import annotations

import html

import orjson
import swagger_ui_bundle
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from mockserver.contract import Contract

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
  <script>
    SwaggerUIBundle({{
      url: "{prefix}/openapi.json", dom_id: "#ui", deepLinking: true, persistAuthorization: true,
      tryItOutEnabled: true, displayRequestDuration: true, defaultModelsExpandDepth: 0,
      validatorUrl: null
    }});
  </script>
</body>
</html>
"""


_PREFIX = "world_prefix"


class Pages:
    """The pages as one ASGI application, and which paths are theirs.

    Below `/~name` they are the same, but for where the document says its server is. A contract
    that has one of the paths keeps it: pages are only looked for where no operation is found.
    """

    def __init__(self, contract: Contract) -> None:
        self._title = html.escape(contract.title)
        self._document = contract.document
        self._source = contract.source.encode()
        self._app = Starlette(
            routes=[
                Route("/", self._start),
                Route("/docs", self._docs),
                Route("/health", self._health),
                Route("/openapi.json", self._json),
                Route("/openapi.yaml", self._yaml),
                Mount("/docs", StaticFiles(directory=swagger_ui_bundle.swagger_ui_path)),
            ]
        )
        self._paths = frozenset({"/", "/docs", "/health", "/openapi.json", "/openapi.yaml"})

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
        return HTMLResponse(_DOCS.format(title=self._title, prefix=request.scope[_PREFIX]))

    async def _health(self, _request: Request) -> Response:
        """What `/__admin/health` says, where probes look that know nothing of us."""
        return Response(b'{"status":"ok"}', media_type="application/json")

    async def _json(self, request: Request) -> Response:
        document = self._document
        if request.scope[_PREFIX]:
            document = {**document, "servers": [{"url": request.scope[_PREFIX]}]}
        return Response(orjson.dumps(document), media_type="application/json")

    async def _yaml(self, _request: Request) -> Response:
        return Response(self._source, media_type="application/yaml")
