// Who is let in: a credential is judged by its form and by the words in it, as the server does.

import { Beyond, type Scheme, type State } from './model.js';

const REFUSED = ['invalid', 'expired', 'revoked'] as const;
const PLAIN = /^[\w.~=+/|-]+$/;

/** How the credential of a request stands, by the first scheme for which something was sent. */
export function access(
  security: readonly Scheme[],
  headers: Headers,
  cookies: Readonly<Record<string, string | undefined>>,
): State | 'valid' | Beyond {
  for (const scheme of security) {
    const sent = presented(scheme, headers, cookies);
    if (sent === undefined) continue;
    if (sent instanceof Beyond || sent === 'malformed') return sent;
    return judged(sent.value, scheme.form);
  }
  return security.length === 0 ? 'valid' : 'missing';
}

function presented(
  scheme: Scheme,
  headers: Headers,
  cookies: Readonly<Record<string, string | undefined>>,
): { value: string } | 'malformed' | Beyond | undefined {
  if (scheme.where === 'cookie') {
    const value = cookies[scheme.name];
    if (!value) return undefined;
    return PLAIN.test(value) ? { value } : new Beyond(`the cookie ${scheme.name} is encoded`);
  }
  if (scheme.where === 'header') {
    const value = headers.get(scheme.name)?.trim();
    return value ? { value } : undefined;
  }
  if (scheme.where !== 'authorization') return new Beyond(`a credential in the ${scheme.where}`);
  const sent = headers.get('authorization')?.trim();
  if (!sent) return undefined;
  const space = sent.indexOf(' ');
  const kind = space < 0 ? sent : sent.slice(0, space);
  const value = space < 0 ? '' : sent.slice(space + 1).trim();
  return kind.toLowerCase() === scheme.name && value ? { value } : 'malformed';
}

function judged(value: string, form: string): State | 'valid' {
  if (form && !new RegExp(`^(?:${form})$`).test(value)) return 'malformed';
  const lowered = value.toLowerCase();
  return REFUSED.find((word) => lowered.includes(word)) ?? 'valid';
}
