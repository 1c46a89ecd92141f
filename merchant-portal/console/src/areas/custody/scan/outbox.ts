// The outbox sends lists in their order, each until the ledger has it or refuses it, and goes on when the network is back.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { answer, api, asProblem } from '@/api/client';
import { useMe } from '@/app/session';
import { useSay } from '@/ui/Problem';
import { addToDesk, dropWaiting, keepWaiting, readOutbox, type Waiting } from './kept';

// What the device's storage has failed at: reading what waits, keeping a list that was sent, or changing what waits.
export type Fault = 'unread' | 'unsent' | 'unmoved';

// deliver sends one list. It answers false where nobody can say yet what became of it.
async function deliver(w: Waiting): Promise<boolean> {
  const call = api.POST as unknown as (path: string, init: object) => Promise<{ data?: { status?: string } }>;
  const done = await answer(call(w.path, { body: w.body, params: { header: { 'Idempotency-Key': w.id } } }));
  return done?.status !== 'unknown';
}

let sending = false;

// What looks different once goods have moved.
const moved = ['shipments', 'batches', 'provenance', 'containers', 'cases', 'overview', 'resolve'];

export function useOutbox() {
  const { party } = useMe();
  const say = useRef(useSay());
  const cache = useQueryClient();
  const [all, setAll] = useState<Waiting[]>([]);
  const [done, setDone] = useState<ReadonlySet<string>>(new Set());
  const [fault, setFault] = useState<Fault>();

  // tried does what needs the device's storage, and tells whether it was done.
  const tried = useCallback((what: Fault, act: () => Promise<void>) =>
    act().then(() => { setFault((old) => (old === what ? undefined : old)); return true; }, () => { setFault(what); return false; }), []);
  const read = useCallback(() => tried('unread', async () => setAll(await readOutbox(party))), [party, tried]);

  const sendAll = useCallback(async () => {
    for (const w of await readOutbox(party)) {
      if (w.refused) continue;
      let refused: Waiting['refused'];
      try {
        if (!(await deliver(w))) break;
        setDone((old) => new Set(old).add(w.id));
        for (const key of moved) void cache.invalidateQueries({ queryKey: [key] });
      } catch (e) {
        const problem = asProblem(e);
        if (problem.again) break;
        refused = { ...say.current(problem), case: problem.case };
      }
      await (refused ? keepWaiting({ ...w, refused }) : dropWaiting(w.id));
      await read();
    }
  }, [cache, party, read]);

  const send = useCallback(async () => {
    if (sending) return;
    sending = true;
    await tried('unmoved', sendAll);
    sending = false;
    await read();
  }, [read, sendAll, tried]);

  // add takes a list over; it throws where the device does not keep it, and then nothing is sent.
  const add = useCallback(async (w: Omit<Waiting, 'party'>) => {
    if (!(await tried('unsent', () => keepWaiting({ ...w, party })))) throw new Error('the device keeps nothing');
    await read();
    void send();
  }, [party, read, send, tried]);
  const drop = useCallback(async (id: string) => { await tried('unmoved', () => dropWaiting(id)); await read(); }, [read, tried]);
  const putBack = useCallback((desk: string, w: Waiting) => tried('unmoved', async () => { await addToDesk(desk, w.codes); await dropWaiting(w.id); }), [tried]);

  useEffect(() => {
    void read().then(send);
    window.addEventListener('online', send);
    const timer = setInterval(() => void send(), 5000);
    return () => { window.removeEventListener('online', send); clearInterval(timer); };
  }, [read, send]);
  return { all, done, fault, add, drop, putBack, send };
}
