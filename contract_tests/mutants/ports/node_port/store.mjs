// The records, in plain maps, and how they get their ids.

import { randomInt } from "node:crypto";

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

export class Store {
  constructor() {
    this.customers = new Map();
    this.bookings = new Map();
    this.outbox = [];
    this.zones = [];
    this.staff = [];
    this.issued = 0;
    this.invoiceNumber = 0;
  }

  /** A new id: what was issued so far in base 36, then four random characters. */
  newId(prefix) {
    this.issued += 1;
    const random = Array.from({ length: 4 }, () => DIGITS[randomInt(36)]).join("");
    return `${prefix}_${this.issued.toString(36).toUpperCase()}${random}`;
  }

  zoneOf(zip) {
    return this.zones.find((zone) => zone.zips.includes(zip.slice(0, 5))) ?? null;
  }

  bookingsOf(customerId) {
    return [...this.bookings.values()].filter((booking) => booking.customer_id === customerId);
  }

  /** Who goes: of those who serve the zone (or of all) whoever has the fewest bookings. */
  crewFor(zone) {
    const serving = this.staff.filter((member) => member.zones.includes(zone?.id));
    const candidates = serving.length > 0 ? serving : this.staff;
    const load = (member) =>
      [...this.bookings.values()].filter(({ crew }) => crew.includes(member.id)).length;
    const loads = candidates.map(load);
    const chosen = candidates[loads.indexOf(Math.min(...loads))];
    return chosen === undefined ? [] : [chosen.id];
  }
}

export const now = () => Math.floor(Date.now() / 1000);

/** Newest first, ties by id. */
export function newestFirst(rows) {
  return rows.sort((one, other) =>
    one.created_at !== other.created_at
      ? other.created_at - one.created_at
      : one.id < other.id ? -1 : 1,
  );
}
