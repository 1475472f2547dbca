import { useEffect, useRef, useState } from 'react';

import type { CustomerSummary, NewCleaningBooking } from '@fixtures/ts/index.js';

import { api } from './api';
import { tomorrow, words } from './format';

interface Props {
  readonly onClose: () => void;
  readonly onBooked: (news: string) => void;
}

const FREQUENCIES = ['one-time', 'weekly', 'bi-weekly', 'monthly'] as const;

/** What the form holds as the body of a booking; moments are entered in UTC. */
function read(form: FormData): NewCleaningBooking {
  const text = (name: string): string => String(form.get(name) ?? '');
  const notes = text('notes').trim();
  return {
    customer_id: text('customer'),
    industry: 'cleaning',
    configuration: {
      bedrooms: Number(text('bedrooms')),
      bathrooms: Number(text('bathrooms')),
      frequency: FREQUENCIES.find((each) => each === text('frequency')) ?? 'one-time',
    },
    scheduled_at: `${text('when')}:00Z`,
    address_id: text('address'),
    ...(notes && { notes }),
  };
}

export function NewBooking({ onClose, onBooked }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [customers, setCustomers] = useState<CustomerSummary[]>([]);
  const [chosen, setChosen] = useState('');
  const [problem, setProblem] = useState('');
  const customer = customers.find((each) => each.id === chosen) ?? customers[0];

  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    api.customers({ status: 'active', per_page: 100 }).then(
      ({ data }) => setCustomers(data.filter((each) => each.addresses.length > 0)),
      (error: Error) => setProblem(error.message),
    );
  }, []);

  async function book(form: FormData): Promise<void> {
    try {
      const booking = await api.book(read(form));
      onBooked(`${booking.customer.name} is booked.`);
    } catch (error) {
      setProblem((error as Error).message);
    }
  }

  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby="new-booking">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void book(new FormData(event.currentTarget));
        }}
      >
        <h2 id="new-booking">New cleaning</h2>
        <label>
          Customer
          <select name="customer" value={customer?.id ?? ''} onChange={(event) => setChosen(event.target.value)}>
            {customers.map((each) => (
              <option key={each.id} value={each.id}>
                {[each.first_name, each.last_name].filter(Boolean).join(' ') || each.id}
              </option>
            ))}
          </select>
        </label>
        <label>
          Address
          <select name="address">
            {customer?.addresses.map((each) => (
              <option key={each.id} value={each.id}>
                {[each.street, each.city].filter(Boolean).join(', ')}
              </option>
            ))}
          </select>
        </label>
        <div className="pair">
          <label>
            Bedrooms
            <input name="bedrooms" type="number" min="0" max="20" defaultValue="2" required />
          </label>
          <label>
            Bathrooms
            <input name="bathrooms" type="number" min="0" max="20" defaultValue="1" required />
          </label>
        </div>
        <div className="pair">
          <label>
            How often
            <select name="frequency">
              {FREQUENCIES.map((each) => (
                <option key={each} value={each}>
                  {words(each)}
                </option>
              ))}
            </select>
          </label>
          <label>
            When (UTC)
            <input name="when" type="datetime-local" defaultValue={tomorrow()} required />
          </label>
        </div>
        <label>
          Notes
          <textarea name="notes" rows={2} maxLength={2000} />
        </label>
        <p role="alert" className="problem" hidden={!problem}>
          {problem}
        </p>
        <p className="ask">
          <button type="submit" className="main" disabled={!customer}>
            Book
          </button>
          <button type="button" className="quiet" onClick={() => dialog.current?.close()}>
            Not now
          </button>
        </p>
      </form>
    </dialog>
  );
}
