// useLook keeps what is being written at the gateway shortly after somebody stops typing, and says where it is seen.
import { useCallback, useEffect, useRef, useState } from 'react';
import { answer, api } from '@/api/client';
import { contentOf, type Values } from './body';

const pause = 600; // milliseconds

export type Look = { preview: string; turn: number; error: unknown; stale: boolean; held: boolean };

export function useLook(gtin: string, preview: string) {
  const [look, setLook] = useState<Look>({ preview, turn: 0, error: undefined, stale: false, held: false });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(0);

  const send = useCallback(async (values: Values, turn: number) => {
    try {
      const kept = await answer(api.PUT('/api/v1/products/{gtin}/presentation/preview', { params: { path: { gtin } }, body: contentOf(values) }));
      if (turn === latest.current) setLook({ preview: kept.preview, turn, error: undefined, stale: false, held: false });
    } catch (error) {
      if (turn === latest.current) setLook((old) => ({ ...old, error }));
    }
  }, [gtin]);

  const write = useCallback((values: Values) => {
    clearTimeout(timer.current);
    const turn = ++latest.current;
    setLook((old) => ({ ...old, stale: true, held: false }));
    timer.current = setTimeout(() => void send(values, turn), pause);
  }, [send]);

  // hold leaves the page as it is: what stands in the form cannot be shown.
  const hold = useCallback(() => {
    clearTimeout(timer.current);
    latest.current++;
    setLook((old) => ({ ...old, stale: false, held: true }));
  }, []);

  // show goes to a page that is there already; nothing that was being written comes after it.
  const show = useCallback((at: string) => {
    clearTimeout(timer.current);
    setLook({ preview: at, turn: ++latest.current, error: undefined, stale: false, held: false });
  }, []);

  useEffect(() => () => clearTimeout(timer.current), []);
  return { look, write, hold, show };
}
