// What a service costs and how long it takes. Money is whole cents, rounded half up.

import { JsonNumber } from "./json.mjs";

const MOST = 1000;
const COUPONS = { FIRST20: 20 };

export const isCoupon = (code) => Object.hasOwn(COUPONS, code);

/** A percentage of an amount; the percentage may have one decimal (`8.5`). */
export function percentOf(amount, percent) {
  const thousandths = Math.round(percent * 10);
  return Math.floor((amount * thousandths + 500) / 1000);
}

/** Price and minutes of a configuration at an address of a zone (or of none). */
export function quote(industry, configuration, zone, couponCode) {
  const { base, extras, minutes } = RATES[industry](configuration);
  const subtotal = percentOf(base, zone?.percent ?? 100) + (zone?.surcharge ?? 0) + extras;
  const discount = couponCode === null ? 0 : percentOf(subtotal, COUPONS[couponCode]);
  const tax = percentOf(subtotal - discount, 8.5);
  return { pricing: { subtotal, discount, tax, total: subtotal - discount + tax }, minutes };
}

const RATES = {
  cleaning(configuration) {
    const bedrooms = configuration.get("bedrooms").value;
    const bathrooms = configuration.get("bathrooms").value;
    const extras = configuration.get("extras")?.length ?? 0;
    return {
      base: 5000 + 2000 * (bedrooms + bathrooms),
      extras: 3500 * extras,
      minutes: 20 * bedrooms + 30 * (bathrooms + extras),
    };
  },
  "junk-removal"(configuration) {
    const items = itemsOf(configuration.get("items"));
    const price = items.map(({ product, quantity }) => priceOf(product) * quantity);
    const count = items.map(({ quantity }) => quantity);
    return { base: sum(price), extras: 0, minutes: 30 + 15 * Math.min(sum(count), MOST) };
  },
  "carpet-cleaning"(configuration) {
    const sections = countOf(configuration.get("sections"));
    return { base: 5000 + 3500 * sections, extras: 0, minutes: 30 + 30 * sections };
  },
};

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const priceOf = (product) => (product === "prod_jr_full_mattress" ? 8500 : 7500);

/** A whole number from 1 to 1000; anything else counts as one. */
function countOf(value) {
  if (!(value instanceof JsonNumber) || !value.isInteger) return 1;
  return value.value >= 1 && value.value <= MOST ? value.value : 1;
}

function itemsOf(items) {
  if (!Array.isArray(items) || items.length === 0) return [{ quantity: countOf(items) }];
  return items.map((item) =>
    item instanceof Map
      ? { product: item.get("product"), quantity: countOf(item.get("quantity")) }
      : { quantity: 1 },
  );
}
