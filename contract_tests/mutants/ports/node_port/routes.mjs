// Which paths exist, what each answers, and what of the contract is left out here (501).

const DOCUMENTED = [
  ["otesse", "/v1/customers", { GET: "listCustomers", POST: "createCustomer" }],
  ["otesse", "/v1/customers/{id}", { GET: "getCustomer", PATCH: "updateCustomer" }],
  ["otesse", "/v1/customers/{id}/addresses", { POST: "addCustomerAddress" }],
  ["otesse", "/v1/customers/{id}/bookings", { GET: "listCustomerBookings" }],
  ["otesse", "/v1/customers/{id}/invoices", { GET: null }],
  ["otesse", "/v1/bookings", { GET: "listBookings", POST: "createBooking" }],
  ["otesse", "/v1/bookings/{id}", { GET: "getBooking", PATCH: "updateBooking" }],
  ["otesse", "/v1/bookings/{id}/cancel", { POST: "cancelBooking" }],
  ["otesse", "/v1/invoices", { GET: null, POST: null }],
  ["otesse", "/v1/invoices/{id}", { GET: null }],
  ["otesse", "/v1/invoices/{id}/void", { POST: null }],
  ["merchant", "/api/v1/merchant/customers", { GET: null, POST: null }],
  ["merchant", "/api/v1/merchant/customers/blacklist", { GET: null }],
  ["merchant", "/api/v1/merchant/customers/transfer", { PUT: null }],
  ["merchant", "/api/v1/merchant/calendar/customers", { GET: null }],
  ["merchant", "/api/v1/merchant/customers/{id}/stats", { GET: null }],
  ["merchant", "/api/v1/merchant/customers/{id}/blacklist", { PUT: null, DELETE: null }],
  ["merchant", "/api/v1/merchant/customers/{id}", { GET: null, PUT: null, DELETE: null }],
  ["leads", "/leads/v1/customers", { POST: null }],
  ["leads", "/leads/v1/customers/search", { GET: null }],
  ["leads", "/leads/v1/customers/by-address", { GET: null }],
  ["leads", "/leads/v1/customers/id/{customerId}", { GET: null }],
  ["leads", "/leads/v1/customers/{customerId}", { PUT: null }],
].map(([family, template, methods]) => ({ family, methods, segments: template.split("/") }));

/** The path's entry and its id, or null; a trailing slash makes no difference. */
export function route(path) {
  const segments = path.replace(/(?<=[^/])\/$/, "").split("/").map(decoded);
  for (const entry of DOCUMENTED) {
    if (entry.segments.length !== segments.length) continue;
    let id = null;
    const fits = entry.segments.every((wanted, index) => {
      if (!wanted.startsWith("{")) return wanted === segments[index];
      id = segments[index];
      return id !== "";
    });
    if (fits) return { ...entry, id, allow: allowed(entry.methods) };
  }
  return null;
}

/** The family whose dialect a path speaks, known or not. */
export function familyOf(path) {
  if (/^\/v1(\/|$)/.test(path)) return "otesse";
  if (/^\/api\/v1\/merchant(\/|$)/.test(path)) return "merchant";
  return /^\/leads\/v1(\/|$)/.test(path) ? "leads" : "nobody";
}

/** A segment with its percent signs resolved; one that is not UTF-8 stays as it is. */
function decoded(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function allowed(methods) {
  const names = [...Object.keys(methods), "OPTIONS"];
  if ("GET" in methods) names.push("HEAD");
  return names.sort().join(", ");
}
