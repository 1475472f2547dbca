import { useState } from 'react';

import type { BookingSummary } from '@fixtures/ts/index.js';

import { moment, money, words } from './format';

interface Props {
  readonly booking: BookingSummary;
  readonly onCancel: (booking: BookingSummary) => Promise<void>;
}

export function BookingCard({ booking, onCancel }: Props) {
  const [isAsking, setIsAsking] = useState(false);
  const { address, customer, pricing, scheduled_at, service } = booking;

  return (
    <li className="card" data-id={booking.id}>
      <p className="when">
        <time dateTime={scheduled_at}>{moment(scheduled_at)}</time>
        <span className="price">{money(pricing.total)}</span>
      </p>
      <h3>{customer.name}</h3>
      <p className="what">
        {words(service.industry)}
        {address.city && ` · ${address.city}`}
      </p>
      {booking.status === 'confirmed' && !isAsking && (
        <button type="button" className="quiet" onClick={() => setIsAsking(true)}>
          Cancel<span className="hidden"> the booking of {customer.name}</span>
        </button>
      )}
      {isAsking && (
        <p className="ask">
          <button
            type="button"
            className="danger"
            autoFocus
            onClick={() => {
              setIsAsking(false);
              void onCancel(booking);
            }}
          >
            Yes, cancel it
          </button>
          <button type="button" className="quiet" onClick={() => setIsAsking(false)}>
            Keep it
          </button>
        </p>
      )}
    </li>
  );
}
