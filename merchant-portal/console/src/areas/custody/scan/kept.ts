// What is scanned is kept on the device before anything else happens with it: a page that is closed, a battery that is
// empty and a network that is gone lose nothing. Everything belongs to one party's desk.
import { createStore, entries, get, set, update, del } from 'idb-keyval';
import type { Doing } from './doings';

// A code that was scanned. `unit` names the one that was chosen where the code fits several.
export type Scanned = { id: string; code: string; at: number; damaged?: boolean; unit?: { gtin: string; lot: string; index: number } };

// Waiting is a list that somebody sent, until the ledger has it.
export type Waiting = {
  id: string; // its Idempotency-Key, so that sending it again does nothing twice
  party: string;
  doing: Doing;
  path: string;
  body: Record<string, unknown>;
  count: number;
  at: number;
  refused?: { title: string; detail: string; case?: string };
  codes: Scanned[]; // put back on the desk where it was refused
};

// One connection each: what is written through two of them may arrive in either order, and an older list would stay.
const once = <T>(make: () => T) => { let made: T | undefined; return () => (made ??= make()); };
const desks = once(() => createStore('touchstone-desks', 'lists'));
const waiting = once(() => createStore('touchstone-outbox', 'waiting'));

export const readDesk = (name: string) => get<Scanned[]>(name, desks()).then((x) => x ?? []);
export const keepDesk = (name: string, codes: Scanned[]) => set(name, codes, desks());
export const addToDesk = (name: string, codes: Scanned[]) =>
  update<Scanned[]>(name, (old = []) => [...old, ...codes.filter((c) => !old.some((o) => o.id === c.id))], desks());

export const readOutbox = async (party: string) =>
  (await entries<string, Waiting>(waiting())).map(([, w]) => w).filter((w) => w.party === party).sort((a, b) => a.at - b.at);
export const keepWaiting = (w: Waiting) => set(w.id, w, waiting());
export const dropWaiting = (id: string) => del(id, waiting());
