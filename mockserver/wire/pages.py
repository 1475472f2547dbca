"""Pages beside the contracts: the document itself and Swagger UI, from packages, without a CDN."""

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
      url: "/openapi.json", dom_id: "#ui", deepLinking: true, persistAuthorization: true,
      tryItOutEnabled: true, displayRequestDuration: true, defaultModelsExpandDepth: 0,
      validatorUrl: null
    }});
  </script>
</body>
</html>
"""


class Pages:
    """The pages as one ASGI application, and which paths are theirs."""

    def __init__(self, contract: Contract) -> None:
        json_text = orjson.dumps(contract.document)
        yaml_text = contract.source.encode()
        self._app = Starlette(
            routes=[
                _page("/", RedirectResponse("/docs")),
                _page("/docs", HTMLResponse(_DOCS.format(title=html.escape(contract.title)))),
                _page("/openapi.json", Response(json_text, media_type="application/json")),
                _page("/openapi.yaml", Response(yaml_text, media_type="application/yaml")),
                Mount("/docs", StaticFiles(directory=swagger_ui_bundle.swagger_ui_path)),
            ]
        )
        self._paths = frozenset({"/", "/docs", "/openapi.json", "/openapi.yaml"})

    def owns(self, path: str) -> bool:
        """Whether a path leads to a page."""
        return path in self._paths or path.startswith("/docs/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the page; unknown files below `/docs` are a plain 404."""
        await self._app({**scope, "root_path": ""}, receive, send)


def _page(path: str, response: Response) -> Route:
    async def page(_: Request) -> Response:
        return response

    return Route(path, page, methods=["GET"])
