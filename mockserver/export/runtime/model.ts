// What the handlers read: the recorded world, and the operations of the contract that read it.

export type State = 'missing' | 'malformed' | 'invalid' | 'expired' | 'revoked';
export type Fields = Readonly<Record<string, string>>;

/** A whole answer; `{id}` in the body of an absence stands for the id that was asked for. */
export interface Reply {
  readonly status: number;
  readonly headers: Fields;
  readonly body: string;
}

/** Why a request cannot be answered exactly; the caller decides what becomes of it. */
export class Beyond {
  constructor(readonly reason: string) {}
}

export interface Scheme {
  /** Where the credential is sent; `authorization` has `name` (such as bearer) before it. */
  readonly where: string;
  readonly name: string;
  /** A regular expression for the whole credential; empty when any text will do. */
  readonly form: string;
}

export interface Parameter {
  readonly name: string;
  readonly kind: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly default?: Value;
}

/** Texts as sent, numbers, truth values, and moments as seconds since 1970. */
export type Value = string | number | boolean;
export type Values = ReadonlyMap<string, Value>;

export interface Operation {
  readonly operationId: string;
  readonly tag: string;
  readonly path: string;
  readonly security: readonly Scheme[];
  readonly query: readonly Parameter[];
}

export interface Records {
  readonly rows: readonly { readonly id: string }[];
  /** The member of the body that holds the record; empty when the body is the record. */
  readonly member: string;
  readonly ids: 'plain' | 'uuid';
  readonly tags: readonly string[];
}

export type Keys = Readonly<Record<string, unknown>>;

export interface Table {
  readonly rows: readonly unknown[];
  /** What filters compare, at the place of the row. */
  readonly keys: readonly Keys[];
}

export interface List {
  readonly table: string;
  readonly filters: Readonly<Record<string, { readonly compares: string; readonly key: string }>>;
  /** The key that the id in the path must equal; empty for a list of everything. */
  readonly scope: string;
}

export interface World {
  /** The flags of `mockserver serve` for the same world. */
  readonly made: string;
  readonly operations: readonly Operation[];
  readonly writes: readonly { readonly method: string; readonly path: string }[];
  /** By tag: the headers of a 200 and of a 304, and the 401 by the state of the credential. */
  readonly headers: Readonly<Record<string, Fields>>;
  readonly unchanged: Readonly<Record<string, Fields>>;
  readonly refused: Readonly<Record<string, Readonly<Record<State, Reply>>>>;
  /** By operationId. */
  readonly absent: Readonly<Record<string, Reply>>;
  readonly records: Readonly<Record<string, Records>>;
  readonly wholes: Readonly<Record<string, readonly unknown[]>>;
  readonly lists: Readonly<Record<string, List>>;
  /** By name. */
  readonly tables: Readonly<Record<string, Table>>;
}
