// useScanList is a list of scanned codes: kept on the device at once, looked up in groups, each code counted once.
import { useCallback, useEffect, useRef, useState } from 'react';
import { answer, api, asProblem, type Schemas } from '@/api/client';
import { keepDesk, readDesk, type Scanned } from './kept';
import { sound } from './sound';

export type Named = Schemas['ResolvedCode'];
export type Row = Scanned & { named?: Named };

const nameOf = (n?: Named) => (n?.unit ? `${n.unit.gtin}/${n.unit.lot}/${n.unit.index}` : n?.sscc);
const pause = 150; // how long codes are gathered before they are looked up together

export function useScanList(desk: string, shipment?: string) {
  const [rows, setRows] = useState<Row[]>([]);
  const [double, setDouble] = useState<string>();
  const [unkept, setUnkept] = useState(false); // the device did not keep the list
  const [unread, setUnread] = useState(false); // what the device keeps cannot be read: it is left as it is
  const [error, setError] = useState<unknown>(); // why codes were not looked up
  const now = useRef<Row[]>([]);
  const kept = useRef(true);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const ready = useRef<Promise<void>>(undefined);

  // put shows a list once the device has it, so that what is seen and heard is never lost. A device that keeps nothing shows it all the same.
  const put = useCallback((next: Row[]) => {
    now.current = next;
    if (!kept.current) return Promise.resolve(setRows(next));
    return keepDesk(desk, next.map(({ named: _, ...bare }) => bare)).then(() => setUnkept(false), () => setUnkept(true)).then(() => setRows(next));
  }, [desk]);

  const lookUp = useCallback(async () => {
    const asked = now.current.filter((r) => !r.named).slice(0, 500);
    if (asked.length === 0) return;
    const found = await answer(api.POST('/api/v1/units/resolve', { body: { codes: asked.map((r) => r.code), shipment } })).catch((e: unknown) => {
      if (asProblem(e).again) timer.current = setTimeout(() => void lookUp(), 5000);
      else setError(e);
      return null;
    });
    if (!found) return;
    setError(undefined);
    const named = new Map(asked.map((r, i) => [r.id, found.items[i]]));
    const seen = new Set<string>();
    const once: Row[] = [];
    let again = '';
    for (const r of now.current) {
      const n = r.named ?? named.get(r.id);
      const name = r.unit ? `${r.unit.gtin}/${r.unit.lot}/${r.unit.index}` : nameOf(n);
      if (name && seen.has(name)) { again = r.code; continue; }
      if (name) seen.add(name);
      once.push({ ...r, named: n });
    }
    if (again) { setDouble(again); sound.refused(); }
    if ([...named.values()].some((n) => n?.fault && !n.choices)) sound.refused();
    await put(once);
  }, [put, shipment]);

  useEffect(() => {
    kept.current = true;
    ready.current = readDesk(desk).catch(() => { kept.current = false; setUnread(true); return []; }).then((all) => { now.current = all; setRows(all); void lookUp(); });
    return () => clearTimeout(timer.current);
  }, [desk, lookUp]);

  const add = useCallback((code: string) => {
    void ready.current?.then(() => {
      if (now.current.some((r) => r.code === code)) { setDouble(code); sound.refused(); return; }
      setDouble(undefined);
      void put([...now.current, { id: crypto.randomUUID(), code, at: Date.now() }]).then(sound.taken);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void lookUp(), pause);
    });
  }, [lookUp, put]);

  const change = useCallback((id: string, by: Partial<Row>) => void put(now.current.map((r) => (r.id === id ? { ...r, ...by } : r))), [put]);
  const remove = useCallback((id: string) => { sound.undone(); void put(now.current.filter((r) => r.id !== id)); }, [put]);
  const undo = useCallback(() => { const last = now.current.at(-1); if (last) remove(last.id); setDouble(undefined); }, [remove]);
  const clear = useCallback(() => { void put([]); setDouble(undefined); }, [put]);

  // hand gives what is listed to somebody who keeps it, and then takes just that off the list: a code scanned meanwhile stays, and a
  // second press while the first one is at it does nothing.
  const handing = useRef(false);
  const hand = useCallback(async (to: (codes: Scanned[]) => Promise<void>) => {
    const all = now.current;
    if (handing.current || all.length === 0) return false;
    handing.current = true;
    try {
      await to(all.map(({ named: _, ...bare }) => bare));
      await put(now.current.filter((r) => !all.some((x) => x.id === r.id)));
      setDouble(undefined);
      return true;
    } finally {
      handing.current = false;
    }
  }, [put]);
  return { rows, double, unkept, unread, error, add, change, remove, undo, clear, hand };
}
