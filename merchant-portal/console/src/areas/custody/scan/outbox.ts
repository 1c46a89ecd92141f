// The outbox sends lists in their order, each until the ledger has it or refuses it, and goes on when the network is back.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { answer, api, asProblem } from '@/api/client';
import { useMe } from '@/app/session';
import { useSay } from '@/ui/Problem';
import { dropWaiting, keepWaiting, readOutbox, type Waiting } from './kept';

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
  const read = useCallback(async () => setAll(await readOutbox(party)), [party]);

  const send = useCallback(async () => {
    if (sending) return;
    sending = true;
    try {
      for (const w of await readOutbox(party)) {
        if (w.refused) continue;
        try {
          if (!(await deliver(w))) break;
          await dropWaiting(w.id);
          setDone((old) => new Set(old).add(w.id));
          for (const key of moved) void cache.invalidateQueries({ queryKey: [key] });
        } catch (e) {
          const problem = asProblem(e);
          if (problem.again) break;
          await keepWaiting({ ...w, refused: { ...say.current(problem), case: problem.case } });
        }
        await read();
      }
    } finally {
      sending = false;
      await read();
    }
  }, [cache, party, read]);

  const add = useCallback(async (w: Omit<Waiting, 'party'>) => {
    await keepWaiting({ ...w, party });
    await read();
    void send();
  }, [party, read, send]);
  const drop = useCallback(async (id: string) => { await dropWaiting(id); await read(); }, [read]);

  useEffect(() => {
    void read().then(send);
    window.addEventListener('online', send);
    const timer = setInterval(() => void send(), 5000);
    return () => { window.removeEventListener('online', send); clearInterval(timer); };
  }, [read, send]);
  return { all, done, add, drop, send };
}
