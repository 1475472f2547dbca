CREATE TABLE counters (name TEXT PRIMARY KEY, last INTEGER NOT NULL);

CREATE TABLE zones (
  id TEXT PRIMARY KEY, multiplier_percent INTEGER NOT NULL, surcharge INTEGER NOT NULL
);
CREATE TABLE zone_codes (code TEXT PRIMARY KEY, zone TEXT NOT NULL REFERENCES zones);
CREATE TABLE staff (id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, phone TEXT);

CREATE TABLE customers (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  uuid TEXT NOT NULL UNIQUE,
  first_name TEXT, last_name TEXT, company TEXT, email TEXT, phone TEXT, birthday TEXT, note TEXT,
  status TEXT NOT NULL DEFAULT 'active',
  is_dummy INTEGER NOT NULL DEFAULT 0,
  is_blacklisted INTEGER NOT NULL DEFAULT 0,
  blacklist_reason TEXT,
  email_ads INTEGER NOT NULL DEFAULT 0,
  sms_ads INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
);
CREATE INDEX customers_by_email ON customers (fold(email));
CREATE TABLE contact_choices (
  customer INTEGER NOT NULL REFERENCES customers ON DELETE CASCADE,
  rank INTEGER NOT NULL, method TEXT NOT NULL,
  PRIMARY KEY (customer, rank)
);
CREATE TABLE addresses (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  customer INTEGER NOT NULL REFERENCES customers ON DELETE CASCADE,
  label TEXT NOT NULL, street TEXT, unit TEXT, city TEXT, state TEXT, zip TEXT, access_notes TEXT,
  is_default INTEGER NOT NULL
);
CREATE INDEX addresses_by_customer ON addresses (customer);
CREATE TABLE subscriptions (
  id TEXT PRIMARY KEY,
  customer INTEGER NOT NULL UNIQUE REFERENCES customers ON DELETE CASCADE,
  status TEXT NOT NULL, frequency TEXT NOT NULL, started_at TEXT NOT NULL
);

CREATE TABLE bookings (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  customer INTEGER NOT NULL REFERENCES customers ON DELETE CASCADE,
  status TEXT NOT NULL,
  industry TEXT NOT NULL, configuration TEXT NOT NULL,
  scheduled_at TEXT NOT NULL, minutes INTEGER NOT NULL,
  street TEXT, city TEXT, state TEXT, zip TEXT, address_id TEXT, zone_id TEXT,
  subtotal INTEGER NOT NULL, discount INTEGER NOT NULL, tax INTEGER NOT NULL,
  total INTEGER NOT NULL,
  coupon_code TEXT, notes TEXT,
  cancelled_at TEXT, cancelled_by TEXT, cancel_reason TEXT, is_notified INTEGER,
  fee_percent INTEGER, fee INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
  wakes_at TEXT
);
CREATE INDEX bookings_by_customer ON bookings (customer);
CREATE INDEX bookings_by_waking ON bookings (wakes_at) WHERE wakes_at IS NOT NULL;
CREATE TABLE crews (
  booking INTEGER NOT NULL REFERENCES bookings ON DELETE CASCADE,
  staff TEXT NOT NULL REFERENCES staff,
  PRIMARY KEY (booking, staff)
);
CREATE TABLE steps (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  booking INTEGER NOT NULL REFERENCES bookings ON DELETE CASCADE,
  status TEXT NOT NULL, at TEXT NOT NULL, note TEXT
);
CREATE INDEX steps_by_booking ON steps (booking);

CREATE TABLE invoices (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  number TEXT NOT NULL UNIQUE,
  customer INTEGER NOT NULL REFERENCES customers ON DELETE CASCADE,
  booking INTEGER REFERENCES bookings ON DELETE SET NULL,
  status TEXT NOT NULL,
  subtotal INTEGER NOT NULL, discount INTEGER NOT NULL, discount_note TEXT,
  tax INTEGER NOT NULL, total INTEGER NOT NULL, paid INTEGER NOT NULL DEFAULT 0,
  issued_at TEXT NOT NULL, due_date TEXT, paid_at TEXT, card_brand TEXT, card_digits TEXT,
  wakes_at TEXT
);
CREATE INDEX invoices_by_customer ON invoices (customer);
CREATE INDEX invoices_by_booking ON invoices (booking);
CREATE INDEX invoices_by_waking ON invoices (wakes_at) WHERE wakes_at IS NOT NULL;
CREATE TABLE invoice_lines (
  invoice INTEGER NOT NULL REFERENCES invoices ON DELETE CASCADE,
  rank INTEGER NOT NULL,
  description TEXT NOT NULL, quantity INTEGER NOT NULL, unit_price INTEGER NOT NULL,
  PRIMARY KEY (invoice, rank)
);

CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL, recipient TEXT NOT NULL, sent_at TEXT NOT NULL
);
CREATE TABLE replays (
  place TEXT NOT NULL, key TEXT NOT NULL, request TEXT NOT NULL,
  status INTEGER NOT NULL, headers TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (place, key)
);
