// The operations on bookings, and what happens to them when their time comes.

import { checkConfiguration } from "./bodies.mjs";
import { FIRST_INSTANT, readInstant } from "./formats.mjs";
import { writeJson } from "./json.mjs";
import { isCoupon, percentOf, quote } from "./pricing.mjs";
import { brokenRule, noBooking, Refusal } from "./refusals.mjs";
import { newestFirst, now } from "./store.mjs";

const FREE_UNTIL_BEFORE = 24 * 3600;
const FEE_PERCENT = 50;

export function bookingOf(store, id) {
  const booking = store.bookings.get(id);
  if (booking === undefined) throw noBooking(id);
  return booking;
}

/** The bookings that every given filter lets through. */
export function findBookings(store, filters) {
  const { status, customer_id: customerId, zone_id: zoneId } = filters;
  const { date_from: from = -Infinity, date_to: to = Infinity } = filters;
  const fits = (booking) =>
    (status === undefined || booking.status === status) &&
    (customerId === undefined || booking.customer_id === customerId) &&
    (zoneId === undefined || booking.zone_id === zoneId) &&
    booking.scheduled_at >= from &&
    booking.scheduled_at <= to;
  return newestFirst([...store.bookings.values()].filter(fits));
}

export function createBooking(store, body) {
  const customer = bookableCustomer(store, body.get("customer_id"));
  const address = addressOf(store, customer, body.get("address_id"));
  const couponCode = body.get("coupon_code") ?? null;
  if (couponCode !== null && !isCoupon(couponCode)) {
    throw brokenRule("coupon_code", `There is no coupon '${couponCode}'.`, "invalid_coupon");
  }
  const at = now();
  const scheduledAt = readInstant(body.get("scheduled_at"));
  const booking = {
    id: store.newId("bk"),
    status: "confirmed",
    customer_id: customer.id,
    industry: body.get("industry"),
    configuration: body.get("configuration"),
    scheduled_at: scheduledAt,
    is_awaited: scheduledAt > at,
    notes: body.get("notes") ?? null,
    coupon_code: couponCode,
    timeline: [{ status: "confirmed", at, note: null }],
    invoices: [],
    cancellation: null,
    created_at: at,
    updated_at: at,
  };
  moveTo(store, booking, address);
  booking.crew = store.crewFor(store.zoneOf(address.zip));
  store.bookings.set(booking.id, booking);
  return booking;
}

function bookableCustomer(store, id) {
  const customer = store.customers.get(id);
  if (customer === undefined) {
    throw brokenRule("customer_id", `Nobody is registered as '${id}'.`, "resource_not_found");
  }
  if (customer.is_blacklisted) {
    const message = `'${id}' is blacklisted.`;
    throw new Refusal(409, "customer_blacklisted", message, { param: "customer_id" });
  }
  if (customer.status !== "active") {
    const message = `'${id}' is ${customer.status}, and only active customers can be booked.`;
    throw brokenRule("customer_id", message, "customer_not_active");
  }
  return customer;
}

function addressOf(store, customer, id) {
  const own = customer.addresses.find((address) => address.id === id);
  if (own !== undefined) return own;
  for (const { addresses } of store.customers.values()) {
    if (addresses.some((address) => address.id === id)) {
      throw brokenRule("address_id", `'${id}' is somebody else's address.`, "invalid_address");
    }
  }
  throw brokenRule("address_id", `There is no address '${id}'.`, "resource_not_found");
}

/** Copy the address into the booking and price it there. */
function moveTo(store, booking, address) {
  booking.address = { ...address };
  booking.address_id = address.id;
  booking.zone_id = address.zone_id;
  price(store, booking);
}

function price(store, booking) {
  const zone = store.zoneOf(booking.address.zip);
  const { industry, configuration, coupon_code: couponCode } = booking;
  Object.assign(booking, quote(industry, configuration, zone, couponCode));
}

export function updateBooking(store, id, body) {
  const booking = bookingOf(store, id);
  if (booking.status !== "confirmed") {
    const message = `'${id}' is ${booking.status}; only a confirmed booking can be changed.`;
    throw new Refusal(409, "booking_not_updatable", message);
  }
  const customer = store.customers.get(booking.customer_id);
  const addressId = body.get("address_id") ?? booking.address_id;
  const address = addressOf(store, customer, addressId);
  const configuration = new Map([...booking.configuration, ...(body.get("configuration") ?? [])]);
  checkConfiguration(booking.industry, configuration);
  const isOtherwise = writeJson(configuration) !== writeJson(booking.configuration);
  booking.configuration = configuration;
  if (body.has("scheduled_at")) {
    booking.scheduled_at = readInstant(body.get("scheduled_at"));
    booking.is_awaited = booking.scheduled_at > now();
  }
  if (body.has("notes")) booking.notes = body.get("notes");
  if (addressId !== booking.address_id) moveTo(store, booking, address);
  else if (isOtherwise) price(store, booking);
  if (body.size > 0) booking.updated_at = now();
  return booking;
}

export function cancelBooking(store, id, body) {
  const booking = bookingOf(store, id);
  if (booking.status === "cancelled") {
    const message = `'${id}' is cancelled, and stays so.`;
    throw new Refusal(409, "booking_already_cancelled", message);
  }
  if (booking.status !== "confirmed") {
    const message = `'${id}' is ${booking.status} and can no longer be cancelled.`;
    throw new Refusal(409, "booking_not_cancellable", message);
  }
  const at = now();
  const freeUntil = Math.max(booking.scheduled_at - FREE_UNTIL_BEFORE, FIRST_INSTANT);
  const applies = at > freeUntil;
  const percentage = applies ? FEE_PERCENT : 0;
  const { email } = store.customers.get(booking.customer_id);
  const isNotified = (body?.get("notify_customer") ?? true) && email !== null;
  if (isNotified) store.outbox.push({ kind: "cancellation_notice", to: email });
  const amount = percentOf(booking.pricing.total, percentage);
  const reason = body?.get("reason") ?? null;
  enter(booking, "cancelled", at, reason);
  booking.cancellation = {
    reason,
    cancelled_at: at,
    customer_notified: isNotified,
    fee: { applies, amount, percentage, free_until: freeUntil },
  };
  return booking;
}

function enter(booking, status, at, note = null) {
  booking.status = status;
  booking.timeline.push({ status, at, note });
  booking.updated_at = at;
}

/** Let the crew check in and out where it is time; what lay in the past when it was made stays. */
export function catchUp(store) {
  const at = now();
  for (const booking of store.bookings.values()) {
    if (!booking.is_awaited) continue;
    if (booking.status === "confirmed" && booking.scheduled_at <= at) {
      enter(booking, "in_progress", booking.scheduled_at);
    }
    const end = booking.scheduled_at + booking.minutes * 60;
    if (booking.status === "in_progress" && end <= at) {
      enter(booking, "completed", end);
      booking.invoices.push(newInvoice(store, booking, end));
    }
  }
}

function newInvoice(store, booking, at) {
  store.invoiceNumber += 1;
  const year = new Date(at * 1000).getUTCFullYear();
  const number = `INV-${year}-${String(store.invoiceNumber).padStart(5, "0")}`;
  return { id: store.newId("inv"), number, status: "pending", total: booking.pricing.total };
}
