// What each operation takes as its body.

import {
  boolean, broken, choiceOf, holdTo, integer, object, oneOf, orNull, text, wrongType,
} from "./checks.mjs";
import { FIRST_INSTANT, isEmail, LAST_INSTANT, readInstant } from "./formats.mjs";
import { JsonNumber } from "./json.mjs";
import { badParameter, brokenRule, Refusal } from "./refusals.mjs";
import { lengthOf } from "./texts.mjs";

const matches = (pattern) => (value) => pattern.test(value);
const id = (prefix) =>
  text({ least: 6, most: 64, rules: [[matches(RegExp(`^${prefix}_[0-9A-Z]+$`)), "is no id"]] });

// --- customers ---

const name = text({ least: 1, most: 100 });
const email = (value, path, report) => {
  if (typeof value !== "string") return wrongType(path, "a string", value, report);
  if (lengthOf(value) > 254) return broken(path, "has more than 254 characters", report);
  if (!isEmail(value)) broken(path, "is no email address", report, "invalid_email");
};
const phone = text({
  least: 3,
  most: 16,
  rules: [[matches(/^\+[1-9][0-9]{1,14}$/), "is no phone number in E.164 form"]],
});
const preferences = object({}, {
  preferred_contact: oneOf("email", "sms", "phone"),
  marketing_opt_in: boolean,
});
const address = object(
  {
    street: text({ least: 1, most: 200 }),
    city: text({ least: 1, most: 100 }),
    state: text({ least: 2, most: 2, rules: [[matches(/^[A-Z]{2}$/), "is no state code"]] }),
    zip: text({
      least: 5,
      most: 10,
      rules: [[matches(/^[0-9]{5}(-[0-9]{4})?$/), "is no ZIP code"]],
    }),
  },
  {
    label: text({ least: 1, most: 50 }),
    access_notes: text({ most: 1000, lines: true }),
    is_default: boolean,
  },
);
const customer = object(
  { first_name: name, last_name: name, email },
  { phone, address, preferences },
);
const customerChanges = object({}, {
  first_name: name,
  last_name: name,
  email,
  phone: orNull(phone),
  preferences,
});

// --- bookings ---

const rooms = integer(0, 20);
const cleaning = object(
  { bedrooms: rooms, bathrooms: rooms },
  {
    frequency: oneOf("one-time", "weekly", "bi-weekly", "monthly"),
    extras: choiceOf(3, "inside_oven", "inside_fridge", "laundry"),
  },
);
const moment = text({
  least: 20,
  most: 40,
  rules: [[isBookable, "is no RFC 3339 moment of the years 1 to 9998"]],
});
const notes = text({ most: 2000, lines: true });
const couponCode = text({
  least: 1,
  most: 32,
  rules: [[matches(/^[A-Z0-9_-]{1,32}$/), "is no coupon code"]],
});

function isBookable(value) {
  const instant = readInstant(value);
  return instant !== null && instant >= FIRST_INSTANT && instant <= LAST_INSTANT;
}

const shortText = text({ most: 200 });

function isScalar(value) {
  if (typeof value === "boolean") return true;
  if (value instanceof JsonNumber) return Math.abs(value.value) <= 1e9;
  let isFine = typeof value === "string";
  if (isFine) shortText(value, "", () => { isFine = false; });
  return isFine;
}

function isRecord(value) {
  return value instanceof Map && value.size <= 20 && [...value.values()].every(isScalar);
}

function isList(value) {
  if (!Array.isArray(value) || value.length > 50) return false;
  return value.every((item) => isScalar(item) || isRecord(item));
}

function freeConfiguration(value, path, report) {
  if (!(value instanceof Map)) return wrongType(path, "an object", value, report);
  if (value.size > 20) broken(path, "has at most 20 members", report);
  for (const [member, held] of value) {
    const place = `${path}.${member}`;
    if (held === null) wrongType(place, "a text, number, boolean, list or object", held, report);
    else if (!isScalar(held) && !isRecord(held) && !isList(held)) {
      broken(place, "is no text, number, boolean, list or object of a size that is kept", report);
    }
  }
}

const CONFIGURATIONS = {
  cleaning,
  "junk-removal": freeConfiguration,
  "carpet-cleaning": freeConfiguration,
};

function booking(value, path, report) {
  if (!(value instanceof Map)) return wrongType(path, "an object", value, report);
  const industry = value.get("industry");
  if (industry === undefined) {
    const message = "'industry' has to be sent.";
    throw new Refusal(400, "missing_required_field", message, { param: "industry" });
  }
  if (typeof industry !== "string") throw badParameter("industry", "'industry' is a string.");
  if (!Object.hasOwn(CONFIGURATIONS, industry)) {
    throw brokenRule("industry", `'industry' is one of ${Object.keys(CONFIGURATIONS).join(", ")}.`);
  }
  const form = object(
    {
      customer_id: id("cust"),
      industry: oneOf(industry),
      configuration: CONFIGURATIONS[industry],
      scheduled_at: moment,
      address_id: id("addr"),
    },
    { notes, coupon_code: couponCode },
  );
  form(value, path, report);
}

const bookingChanges = object(
  {},
  {
    scheduled_at: moment,
    configuration: freeConfiguration,
    notes: orNull(notes),
    address_id: id("addr"),
  },
  { status: " Use POST /v1/bookings/{id}/cancel to cancel." },
);
const cancellation = object({}, {
  reason: text({ most: 500, lines: true }),
  notify_customer: boolean,
});

const BODIES = {
  createCustomer: customer,
  updateCustomer: customerChanges,
  addCustomerAddress: address,
  createBooking: booking,
  updateBooking: bookingChanges,
  cancelBooking: cancellation,
};

/** Whether the operation takes a body, and whether it may be left out. */
export const takesBody = (operation) => Object.hasOwn(BODIES, operation);
export const isBodyOptional = (operation) => operation === "cancelBooking";

/** Refuse a body that is not what the operation takes. */
export function checkBody(operation, body) {
  holdTo(BODIES[operation], body);
}

/** Refuse a merged configuration that does not suit its industry, whoever is to blame. */
export function checkConfiguration(industry, merged) {
  try {
    holdTo((value, _, report) => CONFIGURATIONS[industry](value, "configuration", report), merged);
  } catch (refusal) {
    throw brokenRule(refusal.param, refusal.message, "invalid_configuration");
  }
}
