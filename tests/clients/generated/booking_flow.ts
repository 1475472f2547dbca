// A booking from its customer to its cancellation, by openapi-fetch and generated types alone.
import createClient from "openapi-fetch";
import type { paths } from "./schema.js";

declare const process: { argv: string[] }; // of Node.js, whose types are needed for nothing else
const [baseUrl = "http://127.0.0.1:4010"] = process.argv.slice(2);
const client = createClient<paths>({
  baseUrl,
  headers: { Authorization: "Bearer otesse_test_sk_demo" },
});

/** What was answered; throws the refusal where there is one. */
function given<T>(answer: { data?: T; error?: unknown }): T {
  if (answer.data === undefined) throw new Error(JSON.stringify(answer.error));
  return answer.data;
}

const customer = given(
  await client.POST("/v1/customers", {
    body: {
      first_name: "Ada",
      last_name: "Byron",
      email: "ada@example.com",
      address: {
        label: "Home", street: "12 Analytical Way", city: "Austin", state: "TX", zip: "78701",
        is_default: true,
      },
    },
  }),
);
const address = customer.addresses[0];
if (address === undefined) throw new Error("The customer has no address.");

const booking = given(
  await client.POST("/v1/bookings", {
    body: {
      customer_id: customer.id,
      address_id: address.id,
      industry: "cleaning",
      configuration: { bedrooms: 2, bathrooms: 1, frequency: "one-time" },
      scheduled_at: "2026-02-26T10:00:00Z",
    },
  }),
);
const path = { id: booking.id };
const page = given(
  await client.GET("/v1/bookings", { params: { query: { status: "confirmed", per_page: 100 } } }),
);
const moved = given(
  await client.PATCH("/v1/bookings/{id}", {
    params: { path },
    body: { scheduled_at: "2026-02-27T10:00:00Z" },
  }),
);
const cancelled = given(
  await client.POST("/v1/bookings/{id}/cancel", {
    params: { path },
    body: { notify_customer: true },
  }),
);
const own = given(
  await client.GET("/v1/customers/{id}/bookings", { params: { path: { id: customer.id } } }),
);
const refused = await client.POST("/v1/bookings/{id}/cancel", {
  params: { path },
  body: { notify_customer: true },
});

console.log(
  JSON.stringify({
    booked: booking.status,
    is_listed: page.data.some((each) => each.id === booking.id),
    moved_to: moved.scheduled_at,
    ended: cancelled.status,
    own: own.data.map((each) => each.status),
    refused: refused.error?.error,
  }),
);
