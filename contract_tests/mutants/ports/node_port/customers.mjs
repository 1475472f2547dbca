// The operations on customers.

import { noCustomer, Refusal } from "./refusals.mjs";
import { newestFirst, now } from "./store.mjs";
import { fold, isFound } from "./texts.mjs";

const MOST_ADDRESSES = 1000;

export function customerOf(store, id) {
  const customer = store.customers.get(id);
  if (customer === undefined) throw noCustomer(id);
  return customer;
}

/** The customers that every given filter lets through. */
export function findCustomers(store, filters) {
  const { search = "", status, created_after: after, has_subscription: subscribed } = filters;
  const fits = (customer) =>
    (search === "" || isFound(customer, search)) &&
    (status === undefined || customer.status === status) &&
    (after === undefined || customer.created_at > after) &&
    (subscribed === undefined || (customer.subscription?.status === "active") === subscribed) &&
    (filters.zone_id === undefined || livesIn(customer, filters.zone_id));
  return newestFirst([...store.customers.values()].filter(fits));
}

function livesIn(customer, zoneId) {
  return customer.addresses.some((address) => address.zone_id === zoneId);
}

export function createCustomer(store, body) {
  refuseTakenEmail(store, body.get("email"), null);
  const at = now();
  const customer = {
    id: store.newId("cust"),
    first_name: body.get("first_name"),
    last_name: body.get("last_name"),
    email: body.get("email"),
    phone: body.get("phone") ?? null,
    status: "active",
    is_blacklisted: false,
    addresses: [],
    preferences: merged({ preferred_contact: "email", marketing_opt_in: false }, body),
    subscription: null,
    paid_by_hand: 0,
    created_at: at,
    updated_at: at,
  };
  if (body.has("address")) customer.addresses.push(newAddress(store, body.get("address"), true));
  store.customers.set(customer.id, customer);
  store.outbox.push({ kind: "invitation", to: customer.email });
  return customer;
}

export function updateCustomer(store, id, body) {
  const customer = customerOf(store, id);
  if (body.has("email")) refuseTakenEmail(store, body.get("email"), id);
  for (const name of ["first_name", "last_name", "email", "phone"]) {
    if (body.has(name)) customer[name] = body.get(name);
  }
  customer.preferences = merged(customer.preferences, body);
  if (changesAnything(body)) customer.updated_at = now();
  return customer;
}

/** Empty objects say nothing. */
function changesAnything(body) {
  return [...body.values()].some((value) => !(value instanceof Map) || value.size > 0);
}

export function addAddress(store, id, body) {
  const customer = customerOf(store, id);
  if (customer.addresses.length >= MOST_ADDRESSES) {
    const message = `'${id}' has ${MOST_ADDRESSES} addresses; there is no room for another.`;
    throw new Refusal(409, "address_limit_reached", message);
  }
  const isDefault = customer.addresses.length === 0 || body.get("is_default") === true;
  if (isDefault) customer.addresses.forEach((other) => { other.is_default = false; });
  const address = newAddress(store, body, isDefault);
  customer.addresses.push(address);
  customer.updated_at = now();
  return address;
}

function newAddress(store, body, isDefault) {
  return {
    id: store.newId("addr"),
    label: body.get("label") ?? "Home",
    is_default: isDefault,
    street: body.get("street"),
    city: body.get("city"),
    state: body.get("state"),
    zip: body.get("zip"),
    access_notes: body.get("access_notes") ?? null,
    zone_id: store.zoneOf(body.get("zip"))?.id ?? null,
  };
}

function merged(preferences, body) {
  return { ...preferences, ...Object.fromEntries(body.get("preferences") ?? []) };
}

function refuseTakenEmail(store, email, ownId) {
  const wanted = fold(email);
  for (const customer of store.customers.values()) {
    if (customer.id === ownId || customer.email === null) continue;
    if (fold(customer.email) === wanted) {
      const message = `The email '${email}' is taken.`;
      throw new Refusal(409, "resource_already_exists", message, { param: "email" });
    }
  }
}
