// A request as a line for a shell.

const LEFT_OUT = new Set(["host", "content-length", "connection", "accept-encoding", "transfer-encoding", "x-mock-world", "x-mock-replay"]);
const REDACTED = "[redacted]";

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** Secrets are not in the journal: they are left to the variable `$SECRET`. */
function header(name, value) {
  if (!value.includes(REDACTED)) return quoted(`${name}: ${value}`);
  const [before, after] = value.split(REDACTED);
  return `${quoted(`${name}: ${before}`)}"$SECRET"${after ? quoted(after) : ""}`;
}

/** `headers` maps names to values, `text` is the body or null. */
export function curlLine({ method, path, headers, text }, world) {
  const words = ["curl"];
  if (method !== "GET") words.push("-X", method);
  words.push(quoted(location.origin + path));
  const sent = Object.entries(headers).filter(([name]) => !LEFT_OUT.has(name.toLowerCase()));
  for (const [name, value] of sent) words.push("-H", header(name, value));
  if (world !== "default") words.push("-H", quoted(`X-Mock-World: ${world}`));
  if (text !== null) words.push("--data-raw", quoted(text));
  return words.join(" ");
}

/** The line of a recorded exchange; a body that is no text is left out. */
export function curlOf({ method, path, query, request, world }) {
  const { body } = request;
  const text = body === null || "base64" in body ? null : "json" in body ? JSON.stringify(body.json) : body.text;
  return curlLine({ method, path: query ? `${path}?${query}` : path, headers: request.headers, text }, world);
}
