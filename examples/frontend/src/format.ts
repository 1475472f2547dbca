// Amounts and moments as people read them. The business lives in UTC, and so does the board.

const MONEY = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
const DAY = new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  weekday: 'short',
  month: 'short',
  day: 'numeric',
});
const TIME = new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  hour: 'numeric',
  minute: '2-digit',
});

export function money(cents: number): string {
  return MONEY.format(cents / 100);
}

export function moment(instant: string): string {
  const at = new Date(instant);
  return `${DAY.format(at)}, ${TIME.format(at)}`;
}

/** A slug such as `carpet-cleaning` or `in_progress` as words. */
export function words(slug: string): string {
  const text = slug.replace(/[-_]/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Ten o'clock tomorrow, as an `<input type="datetime-local">` takes it. */
export function tomorrow(): string {
  const at = new Date(Date.now() + 24 * 3600 * 1000);
  return `${at.toISOString().slice(0, 10)}T10:00`;
}
