// How values are written for people.

export const count = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

/** An instant as the server writes it (`2026-02-20T15:00:00Z`), without its letters. */
export const instant = (text) => text.replace("T", " ").replace(/(\.\d+)?Z$/, "");

export const timeOfDay = (text) => text.slice(11, 19);

export const milliseconds = (us) => (us < 10_000 ? `${(us / 1000).toFixed(2)} ms` : `${Math.round(us / 1000).toLocaleString("en")} ms`);

export const bytes = (number) => (number < 1024 ? `${number} B` : `${(number / 1024).toFixed(1)} KiB`);

export const short = (value, most = 80) => {
  const text = typeof value === "string" ? value : JSON.stringify(value) ?? "";
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
};

/** `2xx` … `5xx`, or `none` where nothing was answered. */
export const statusClass = (status) => (status ? `s${Math.floor(status / 100)}` : "s0");

/** The parts of a JSON Pointer. */
export const parts = (pointer) => pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

/** A few words of a row: the first texts and numbers that are no id. */
export function gist(row) {
  const told = [];
  const record = "key" in row && row.value && typeof row.value === "object" ? row.value : row;
  for (const [name, value] of Object.entries(record)) {
    if (name === "id" || name === "uuid" || value === null || value === "" || /(_id|_at)$/.test(name)) continue;
    if (typeof value === "string" || typeof value === "number") told.push(short(value, 40));
    if (told.length === 5) break;
  }
  return told.join(" · ");
}
