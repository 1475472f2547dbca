// The rows a port starts with: the documented customer and booking, and a few made-up ones.

import { createBooking } from "./bookings.mjs";
import { addAddress, createCustomer } from "./customers.mjs";
import { readInstant } from "./formats.mjs";
import { readJson, writeJson } from "./json.mjs";
import { Store } from "./store.mjs";

const ZONES = [
  zone("zone_01HQ3K5M7N", ["97401", "97402", "97403", "97404", "97405"]),
  zone("zone_01HQ3K5M8P", ["97477", "97478"]),
  zone("zone_01HQ3K5M9R", ["97330", "97333", "97321", "97322"], 100, 1000),
  zone("zone_01HQ3K5MAT", ["97301", "97302", "97303", "97304", "97306"], 105, 1500),
  zone(
    "zone_01HQ3K5MBW",
    ["97201", "97202", "97205", "97206", "97209", "97210", "97211", "97214", "97217"],
    120,
  ),
];
const EVERYWHERE = ZONES.map(({ id }) => id);
const STAFF = [
  { id: "staff_01HQ3K5M", name: "Rosa Lindqvist", role: "Lead", phone: "+15415550170", zones: EVERYWHERE },
  { id: "staff_P2", name: "Emeka Obi", role: "Cleaner", phone: null, zones: EVERYWHERE.slice(0, 2) },
  { id: "staff_P3", name: "Yuki Tan", role: "Driver", phone: "+15035550171", zones: EVERYWHERE.slice(2) },
];
const EUGENE = { street: "123 Main St", city: "Eugene", state: "OR", zip: "97401" };
const SALEM = { label: "Work", street: "8 Mill Ln", city: "Salem", state: "OR", zip: "97301" };
const HOME = { bedrooms: 3, bathrooms: 2, frequency: "bi-weekly" };
const PEOPLE = [
  ["Zoë", "Straße", "zoe@port.example", "+15415550101", SALEM, "2025-03-01T08:00:00Z"],
  ["Petra", "Novák", "petra@port.example", "+420123456789", EUGENE, "2025-04-11T12:30:00Z"],
  ["Li", "Wei", "li.wei@port.example", null, null, "2025-05-20T17:45:10Z"],
  ["Omar", "Haddad", "omar@port.example", "+96170123456", EUGENE, "2025-08-02T06:00:00Z"],
  ["Johnny", "Bright", "bright@port.example", "+15415550104", SALEM, "2025-09-09T09:09:09Z"],
];

function zone(id, zips, percent = 100, surcharge = 0) {
  return { id, zips, percent, surcharge };
}

/** A store with the rows in it. */
export function firstRows() {
  const store = new Store();
  store.zones = ZONES;
  store.staff = STAFF;
  const john = addJohn(store);
  const [zoe, petra, , omar, johnny] = PEOPLE.map((person) => addPerson(store, person));
  addJohnsBookings(store, john);
  for (const person of [zoe, petra]) {
    dated(book(store, person, HOME, "2026-05-05T09:00:00Z"), "2026-04-01T10:00:00Z");
  }
  const carpets = { sections: 2, rooms: ["hall"] };
  const booking = book(store, petra, carpets, "2026-06-01T09:00:00Z", "carpet-cleaning");
  completed(store, dated(booking, "2026-05-20T10:00:00Z"));
  omar.status = "inactive";
  johnny.is_blacklisted = true;
  store.outbox = [];
  return store;
}

function addPerson(store, [first_name, last_name, email, phone, address, createdAt]) {
  const body = { first_name, last_name, email, ...(phone && { phone }), ...(address && { address }) };
  return dated(createCustomer(store, asRead(body)), createdAt);
}

function addJohn(store) {
  const person = ["John", "Smith", "john@example.com", "+15551234567", EUGENE, "2025-06-15T09:00:00Z"];
  const john = addPerson(store, person);
  store.customers.delete(john.id);
  john.id = "cust_01HQ3K5M7N";
  store.customers.set(john.id, john);
  john.addresses[0].id = "addr_01HQ3K5M7N";
  addAddress(store, john.id, asRead({ ...SALEM, access_notes: "Ring twice.\nThird floor." }));
  dated(john, "2025-06-15T09:00:00Z");
  const started_at = readInstant("2026-01-11T09:30:00Z");
  john.subscription = { id: "sub_01HQ3K5M7N", status: "active", frequency: "bi-weekly", started_at };
  return john;
}

/** Eleven that are done and one to come: with what was paid by hand, 195000 cents in all. */
function addJohnsBookings(store, john) {
  const days = ["2025-09-14", "2025-09-28", "2025-10-12", "2025-10-26", "2025-11-09", "2025-11-23",
    "2025-12-07", "2026-01-04", "2026-01-18", "2026-02-01", "2026-02-15"];
  for (const day of days) {
    const booking = dated(book(store, john, HOME, `${day}T10:00:00Z`), `${day}T08:00:00Z`);
    completed(store, booking);
  }
  john.paid_by_hand = 195000 - days.length * 16275;
  const next = book(store, john, HOME, "2026-02-26T10:00:00Z");
  store.bookings.delete(next.id);
  next.id = "bk_01HQ3K5M7N8P9R";
  next.crew = ["staff_01HQ3K5M"];
  store.bookings.set(next.id, dated(next, "2026-02-20T14:30:00Z"));
}

function book(store, customer, configuration, scheduled_at, industry = "cleaning") {
  const address_id = customer.addresses[0].id;
  const body = { customer_id: customer.id, industry, configuration, scheduled_at, address_id };
  const booking = createBooking(store, asRead(body));
  booking.is_awaited = false;
  return booking;
}

function completed(store, booking) {
  const end = booking.scheduled_at + booking.minutes * 60;
  booking.status = "completed";
  booking.timeline.push(
    { status: "in_progress", at: booking.scheduled_at, note: null },
    { status: "completed", at: end, note: null },
  );
  booking.updated_at = end;
  store.invoiceNumber += 1;
  const number = `INV-2026-${String(store.invoiceNumber).padStart(5, "0")}`;
  const { total } = booking.pricing;
  booking.invoices.push({ id: store.newId("inv"), number, status: "paid", total });
}

function dated(row, text) {
  row.created_at = row.updated_at = readInstant(text);
  if (row.timeline !== undefined) row.timeline[0].at = row.created_at;
  return row;
}

function asRead(body) {
  return readJson(Buffer.from(writeJson(body)));
}
