// node server.mjs [--port 0] [--credentials FILE]: serves on 127.0.0.1, says where in one line of JSON.

import { createServer } from "node:http";
import { parseArgs } from "node:util";

import { readCredentials } from "./credentials.mjs";
import { Api, LARGEST_BODY } from "./exchange.mjs";
import { firstRows } from "./rows.mjs";

const { values } = parseArgs({
  options: { port: { type: "string", default: "0" }, credentials: { type: "string" } },
});
const api = new Api(firstRows(), readCredentials(values.credentials));

/** The body, or null when it is too large; it is read to its end all the same. */
async function bodyOf(request) {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size <= LARGEST_BODY) parts.push(part);
  }
  return size > LARGEST_BODY ? null : Buffer.concat(parts);
}

async function serve(request, response) {
  const { method, url: target, headers } = request;
  const bytes = await bodyOf(request);
  const answer = api.respond({ method, target, headers, bytes });
  if (answer.bytes !== null) answer.headers["Content-Length"] = answer.bytes.length;
  response.writeHead(answer.status, answer.headers);
  response.end(method === "HEAD" || answer.bytes === null ? undefined : answer.bytes);
}

const server = createServer({ maxHeaderSize: 65536, keepAliveTimeout: 60000 }, (request, response) => {
  // A client that leaves in the middle of its request is not answered.
  serve(request, response).catch(() => response.destroy());
});
server.listen(Number(values.port), "127.0.0.1", () => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` }));
});
process.on("SIGTERM", () => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
});
