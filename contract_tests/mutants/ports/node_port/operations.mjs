// What each operation needs (scope, filters, declared headers) and answers.

import {
  bookingOf, cancelBooking, createBooking, findBookings, updateBooking,
} from "./bookings.mjs";
import {
  addAddress, createCustomer, customerOf, findCustomers, updateCustomer,
} from "./customers.mjs";
import { BOOKING_FILTERS, CUSTOMER_FILTERS, paged } from "./queries.mjs";
import {
  addressView, bookingSummary, bookingView, customerSummary, customerView,
} from "./views.mjs";

const CUSTOMER_ID = /^cust_[0-9A-Z]{1,59}$/;
const BOOKING_ID = /^bk_[0-9A-Z]{1,61}$/;

const shownCustomer = (store, { id }) => customerView(store, customerOf(store, id));
const shownBooking = (store, { id }) => bookingView(store, bookingOf(store, id));

export const OPERATIONS = {
  listCustomers: {
    scope: "customers:read",
    filters: CUSTOMER_FILTERS,
    answer: (store, { filters }) =>
      paged(findCustomers(store, filters), filters, (row) => customerSummary(store, row)),
  },
  createCustomer: {
    scope: "customers:write",
    header: "Idempotency-Key",
    status: 201,
    location: "/v1/customers/",
    answer: (store, { body }) => customerView(store, createCustomer(store, body)),
  },
  getCustomer: {
    scope: "customers:read",
    id: CUSTOMER_ID,
    header: "If-None-Match",
    answer: shownCustomer,
  },
  updateCustomer: {
    scope: "customers:write",
    id: CUSTOMER_ID,
    header: "If-Match",
    before: shownCustomer,
    answer: (store, { id, body }) => customerView(store, updateCustomer(store, id, body)),
  },
  addCustomerAddress: {
    scope: "customers:write",
    id: CUSTOMER_ID,
    header: "Idempotency-Key",
    status: 201,
    answer: (store, { id, body }) => addressView(addAddress(store, id, body)),
  },
  listCustomerBookings: {
    scope: "bookings:read",
    id: CUSTOMER_ID,
    filters: BOOKING_FILTERS,
    answer: (store, { id, filters }) => {
      customerOf(store, id);
      const rows = findBookings(store, filters).filter((row) => row.customer_id === id);
      return paged(rows, filters, (row) => bookingSummary(store, row));
    },
  },
  listBookings: {
    scope: "bookings:read",
    filters: BOOKING_FILTERS,
    answer: (store, { filters }) =>
      paged(findBookings(store, filters), filters, (row) => bookingSummary(store, row)),
  },
  createBooking: {
    scope: "bookings:write",
    header: "Idempotency-Key",
    status: 201,
    location: "/v1/bookings/",
    answer: (store, { body }) => bookingView(store, createBooking(store, body)),
  },
  getBooking: {
    scope: "bookings:read",
    id: BOOKING_ID,
    header: "If-None-Match",
    answer: shownBooking,
  },
  updateBooking: {
    scope: "bookings:write",
    id: BOOKING_ID,
    header: "If-Match",
    before: shownBooking,
    answer: (store, { id, body }) => bookingView(store, updateBooking(store, id, body)),
  },
  cancelBooking: {
    scope: "bookings:write",
    id: BOOKING_ID,
    header: "Idempotency-Key",
    answer: (store, { id, body }) => bookingView(store, cancelBooking(store, id, body)),
  },
};
