// The customers of the contract on openapi-backend, rows in a Map, both sides checked by its ajv.
//   node openapi_backend.mjs PORT CONTRACT CUSTOMERS
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { OpenAPIBackend } from 'openapi-backend';

const [port, contract, file] = process.argv.slice(2);
const rows = new Map(JSON.parse(readFileSync(file, 'utf8')).map((row) => [row.id, row]));
const emails = new Set([...rows.values()].map((row) => row.email?.toLowerCase()));
let numbers = 0;

const now = () => new Date().toISOString().replace(/\.\d+Z$/, 'Z');
const refusal = (status, code, message) => ({
  status,
  body: { error: { type: 'invalid_request', code, message } },
});

function listed({ preferences, subscription, updated_at, addresses, ...row }) {
  return { ...row, addresses: addresses.map(({ access_notes, ...address }) => address) };
}

function listCustomers(c) {
  const page = Number(c.request.query.page ?? 1);
  const perPage = Number(c.request.query.per_page ?? 25);
  const first = (page - 1) * perPage;
  const data = [];
  let at = 0;
  for (const row of rows.values()) {
    if (at >= first + perPage) break;
    if (at >= first) data.push(listed(row));
    at += 1;
  }
  const pages = Math.ceil(rows.size / perPage);
  const pagination = { page, per_page: perPage, total: rows.size, total_pages: pages };
  return { status: 200, body: { data, pagination } };
}

function getCustomer(c) {
  const row = rows.get(c.request.params.id);
  return row ? { status: 200, body: row } : refusal(404, 'customer_not_found', 'No such customer.');
}

function createCustomer(c) {
  const { address, preferences, ...sent } = c.request.requestBody;
  if (emails.has(sent.email.toLowerCase())) {
    return refusal(409, 'resource_already_exists', 'Another customer has this email.');
  }
  numbers += 1;
  const made = now();
  const row = {
    phone: null,
    ...sent,
    id: `cust_N${numbers}`,
    status: 'active',
    addresses: address
      ? [{ label: 'Home', access_notes: null, ...address, id: `addr_N${numbers}`, is_default: true }]
      : [],
    preferences: { preferred_contact: 'email', marketing_opt_in: false, ...preferences },
    subscription: null,
    stats: { total_bookings: 0, total_spent: 0, last_booking_at: null, active_subscription: false },
    created_at: made,
    updated_at: made,
  };
  rows.set(row.id, row);
  emails.add(sent.email.toLowerCase());
  return { status: 201, body: row, headers: { Location: `/v1/customers/${row.id}` } };
}

function updateCustomer(c) {
  const row = rows.get(c.request.params.id);
  if (!row) return refusal(404, 'customer_not_found', 'No such customer.');
  const { preferences, ...sent } = c.request.requestBody;
  const email = sent.email?.toLowerCase();
  if (email && email !== row.email?.toLowerCase()) {
    if (emails.has(email)) {
      return refusal(409, 'resource_already_exists', 'Another customer has this email.');
    }
    emails.delete(row.email?.toLowerCase());
    emails.add(email);
  }
  const merged = { ...row.preferences, ...preferences };
  const changed = { ...row, ...sent, preferences: merged, updated_at: now() };
  rows.set(row.id, changed);
  return { status: 200, body: changed };
}

const hasKey = (c) => /^Bearer otesse_(live|test)_sk_\w+$/.test(c.request.headers.authorization ?? '');

const api = new OpenAPIBackend({
  definition: contract,
  coerceTypes: true,
  ajvOpts: { strict: false },
  handlers: {
    listCustomers,
    getCustomer,
    createCustomer,
    updateCustomer,
    validationFail: (c) => refusal(400, 'invalid_parameter', JSON.stringify(c.validation.errors)),
    unauthorizedHandler: () => refusal(401, 'missing_credentials', 'Send an API key.'),
    notFound: () => refusal(404, 'not_found', 'There is no such path.'),
    notImplemented: () => refusal(501, 'not_implemented', 'Only customers are served here.'),
    postResponseHandler: (c) => {
      const reply = c.response;
      if (!c.operation || reply.status >= 400) return reply;
      const { errors } = c.api.validateResponse(reply.body, c.operation, reply.status);
      return errors ? refusal(500, 'broken_answer', JSON.stringify(errors)) : reply;
    },
  },
});
for (const name of ['OtesseKey', 'OtesseKeyHeader', 'OtesseOAuth']) {
  api.registerSecurityHandler(name, hasKey);
}
await api.init();

createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    const [path, query] = request.url.split('?');
    const { method, headers } = request;
    const body = chunks.length ? Buffer.concat(chunks).toString() : undefined;
    const reply = await api.handleRequest({ method, path, query, headers, body });
    const text = JSON.stringify(reply.body);
    response.writeHead(reply.status, {
      ...reply.headers,
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(text),
    });
    response.end(text);
  });
}).listen(Number(port), '127.0.0.1');
