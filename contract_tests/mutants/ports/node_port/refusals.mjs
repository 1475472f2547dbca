// Whatever is refused is one exception; each family has its own shape for it.

import { randomUUID } from "node:crypto";

const DOCUMENTATION = "https://docs.otesse.com/api/errors#";
const TYPES = {
  400: "invalid_request", 401: "authentication_error", 403: "authorization_error",
  404: "not_found", 405: "invalid_request", 409: "conflict", 412: "invalid_request",
  413: "invalid_request", 415: "invalid_request", 422: "validation_error",
  500: "api_error", 501: "api_error",
};

export class Refusal extends Error {
  constructor(status, code, message, { param = null, headers = {} } = {}) {
    super(message);
    Object.assign(this, { status, code, param, headers });
  }
}

export const badParameter = (param, message) =>
  new Refusal(400, "invalid_parameter", message, { param });

export const brokenRule = (param, message, code = "invalid_value") =>
  new Refusal(422, code, message, { param });

export const noCustomer = (id) =>
  new Refusal(404, "customer_not_found", `Nobody is registered as '${id}'.`);

export const noBooking = (id) =>
  new Refusal(404, "booking_not_found", `Nothing is booked as '${id}'.`);

/** The body of a refusal in the shape of a family, with its media type. */
export function refusalBody(family, refusal) {
  return SHAPES[family](refusal);
}

const SHAPES = {
  otesse: ({ status, code, message, param }) => ({
    error: {
      code,
      type: TYPES[status],
      ...(param === null ? {} : { param: param.slice(0, 512) }),
      message: message.slice(0, 2000),
      doc_url: DOCUMENTATION + code,
    },
  }),
  merchant: ({ message }) => ({ error: { message } }),
  leads: ({ code, message }) => ({
    requestId: randomUUID(),
    code: code.toUpperCase(),
    message,
    errors: [],
  }),
  nobody: ({ status, message }) => ({ title: message, status }),
};
