// How records look on the wire.

import { instantText } from "./formats.mjs";

const shown = (instant) => (instant === null ? null : instantText(instant));

export function addressView({ zone_id: _, ...address }) {
  return address;
}

function statistics(store, customer) {
  const bookings = store.bookingsOf(customer.id);
  const done = bookings.filter(({ status }) => status === "completed");
  const paid = bookings.flatMap(({ invoices }) => invoices).filter(({ status }) => status === "paid");
  const amounts = [customer.paid_by_hand, ...paid.map(({ total }) => total)];
  return {
    active_subscription: customer.subscription?.status === "active",
    last_booking_at: shown(
      done.reduce((last, booking) => Math.max(last ?? booking.scheduled_at, booking.scheduled_at), null),
    ),
    total_spent: amounts.reduce((sum, amount) => sum + amount, 0),
    total_bookings: bookings.filter(({ status }) => status !== "cancelled").length,
  };
}

export function customerSummary(store, customer) {
  const { id, status, first_name, last_name, email, phone, addresses, created_at } = customer;
  return {
    id,
    status,
    first_name,
    last_name,
    email,
    phone,
    stats: statistics(store, customer),
    created_at: instantText(created_at),
    addresses: addresses.map(addressView).map(({ access_notes: _, ...address }) => address),
  };
}

export function customerView(store, customer) {
  const { subscription } = customer;
  return {
    ...customerSummary(store, customer),
    updated_at: instantText(customer.updated_at),
    addresses: customer.addresses.map(addressView),
    preferences: customer.preferences,
    subscription: subscription && {
      ...subscription,
      started_at: instantText(subscription.started_at),
    },
  };
}

export function bookingSummary(store, booking) {
  const customer = store.customers.get(booking.customer_id);
  const { street, city, state, zip } = booking.address;
  return {
    id: booking.id,
    status: booking.status,
    created_at: instantText(booking.created_at),
    updated_at: instantText(booking.updated_at),
    scheduled_at: instantText(booking.scheduled_at),
    estimated_duration: booking.minutes,
    customer: {
      id: customer.id,
      name: [customer.first_name, customer.last_name].filter((part) => part !== null).join(" "),
      email: customer.email,
    },
    service: { industry: booking.industry, configuration: booking.configuration },
    address: { street, city, state, zip },
    pricing: booking.pricing,
    assigned_crew: booking.crew,
  };
}

export function bookingView(store, booking) {
  const staff = store.staff.filter(({ id }) => booking.crew.includes(id));
  return {
    ...bookingSummary(store, booking),
    address_id: booking.address_id,
    zone_id: booking.zone_id,
    coupon_code: booking.coupon_code,
    notes: booking.notes,
    crew: staff.map(({ zones: _, ...member }) => member),
    status_timeline: booking.timeline.map((entry) => ({ ...entry, at: instantText(entry.at) })),
    invoices: booking.invoices,
    cancellation: cancellationView(booking.cancellation),
    cancellation_fee: booking.cancellation?.fee.amount ?? 0,
  };
}

function cancellationView(cancellation) {
  if (cancellation === null) return null;
  const { fee } = cancellation;
  return {
    ...cancellation,
    cancelled_at: instantText(cancellation.cancelled_at),
    fee: { ...fee, free_until: instantText(fee.free_until) },
  };
}
