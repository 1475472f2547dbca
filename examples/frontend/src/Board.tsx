import { useCallback, useEffect, useState } from 'react';

import type { BookingStatus, BookingSummary } from '@fixtures/ts/index.js';

import { api } from './api';
import { BookingCard } from './BookingCard';
import { words } from './format';
import { NewBooking } from './NewBooking';

const COLUMNS: readonly BookingStatus[] = ['confirmed', 'in_progress', 'completed', 'cancelled'];
const PER_COLUMN = 50;

interface Column {
  readonly status: BookingStatus;
  readonly bookings: readonly BookingSummary[];
  readonly total: number;
}

/** What is on, per status; the soonest of what is to come first, the latest of what is over. */
async function load(): Promise<Column[]> {
  return Promise.all(
    COLUMNS.map(async (status) => {
      const { data, pagination } = await api.bookings({ status, per_page: PER_COLUMN });
      const sooner = status === 'confirmed' || status === 'in_progress' ? 1 : -1;
      const bookings = [...data].sort(
        (a, b) => sooner * a.scheduled_at.localeCompare(b.scheduled_at),
      );
      return { status, bookings, total: pagination.total };
    }),
  );
}

export function Board({ isMocked }: { isMocked: boolean }) {
  const [columns, setColumns] = useState<Column[] | null>(null);
  const [problem, setProblem] = useState('');
  const [news, setNews] = useState('');
  const [isBooking, setIsBooking] = useState(false);

  const show = useCallback(async () => {
    try {
      setColumns(await load());
      setProblem('');
    } catch (error) {
      setProblem((error as Error).message);
    }
  }, []);
  useEffect(() => void show(), [show]);

  async function cancel(booking: BookingSummary): Promise<void> {
    setNews('');
    try {
      await api.cancel(booking.id, { reason: 'Cancelled on the board.' });
      setNews(`The booking of ${booking.customer.name} is cancelled.`);
      await show();
    } catch (error) {
      setProblem((error as Error).message);
    }
  }

  return (
    <>
      <header>
        <div className="bar">
          <h1>
            Bookings <small>{isMocked ? 'exported, read only' : 'live server'}</small>
          </h1>
          <button type="button" className="main" onClick={() => setIsBooking(true)}>
            New booking
          </button>
        </div>
        <p role="status" className="news" hidden={!news}>
          {news}
        </p>
        <p role="alert" className="problem" hidden={!problem}>
          {problem}
        </p>
      </header>
      <main className="columns" aria-busy={columns === null && !problem}>
        {columns?.map(({ status, bookings, total }) => (
          <section key={status} aria-labelledby={status} data-status={status}>
            <h2 id={status}>
              {words(status)} <span className="count">{total}</span>
            </h2>
            <ul>
              {bookings.map((booking) => (
                <BookingCard key={booking.id} booking={booking} onCancel={cancel} />
              ))}
            </ul>
            {total > bookings.length && <p className="more">and {total - bookings.length} more</p>}
            {total === 0 && <p className="more">None</p>}
          </section>
        ))}
      </main>
      {isBooking && (
        <NewBooking
          onClose={() => setIsBooking(false)}
          onBooked={(text) => {
            setIsBooking(false);
            setProblem('');
            setNews(text);
            void show();
          }}
        />
      )}
    </>
  );
}
