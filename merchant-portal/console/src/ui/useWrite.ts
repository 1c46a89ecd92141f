// useWrite does one thing once, however often its button is pressed and whatever becomes of the answer.
//
//   const write = useWrite({
//     send: (body: Schemas['NewProduct'], key) => api.POST('/api/v1/products', { body, params: { header: key } }),
//     form,                       // a problem is shown at the field it names
//     refresh: [['products']],    // what is read anew afterwards
//     onDone: (product) => navigate(`/goods/${product.gtin}`),
//   });
//   <WriteNote write={write} /> ... <WriteButton write={write}>...</WriteButton>   write.run(values)
//
// What the ledger is to keep goes through useLedgerWrite, which sends nothing that WillStand has not shown before:
//
//   const write = useLedgerWrite('registerProduct', { send: ... });   <WillStand stands={write.stands} />
import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import type { FormInstance } from 'antd';
import { useRef, useState } from 'react';
import { answer, api, type Schemas } from '@/api/client';
import { Intent } from '@/api/intent';
import { asProblem, Problem } from '@/api/problem';
import { showAtField, useSay } from './Problem';
import { mustBeSeen, useStands, type LedgerOperation, type Stands } from './stands';

type KeyHeader = { 'Idempotency-Key': string };
type Call<R> = Promise<{ data?: R; response: Response }>;
type Unknown = Schemas['UnknownOutcome'];
export type Decided<R> = Exclude<R, Unknown>;

type Options<V, R> = {
  send: (values: V, key: KeyHeader) => Call<R>;
  form?: FormInstance;
  refresh?: QueryKey[];
  onDone?: (result: Decided<R>, values: V) => void;
  // called instead of onDone where the answer came later than the transaction: it holds the transaction only
  onSettled?: (txId: string, values: V) => void;
};

export type Write<V> = {
  run: (values: V) => Promise<void>;
  again: () => Promise<void>;
  busy: boolean;
  txId: string; // of a transaction whose outcome is not known yet
  error: unknown; // what is not shown at a field
  done: boolean;
  reset: () => void;
  stands?: Stands; // of one to the ledger
};
export type LedgerWrite<V> = Write<V> & { stands: Stands };

const isUnknown = (data: unknown, response: Response): data is Unknown => response.status === 202 && 'txId' in (data as object);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

// settled waits until the ledger has decided about a transaction. A gateway that is away is asked again.
async function settled(txId: string): Promise<void> {
  for (let wait = 1000; ; wait = Math.min(wait * 1.5, 10_000)) {
    await pause(wait);
    const tx = await answer(api.GET('/api/v1/transactions/{txId}', { params: { path: { txId } } })).catch((e: unknown) => {
      if (asProblem(e).again || asProblem(e).status === 404) return null;
      throw e;
    });
    if (tx?.status === 'committed') return;
    if (tx?.status === 'refused') throw new Problem(409, { code: tx.code, title: tx.code, detail: tx.reason });
  }
}

// Whatever the gateway may answer with an unknown outcome is a write to the ledger, and no other one is: here it gives what cannot be run.
export function useWrite<V, R>(options: Options<V, R>): Unknown extends R ? never : Write<V> {
  return useSending(options) as Unknown extends R ? never : Write<V>;
}

// `trial` is set where it writes nothing this time.
export function useLedgerWrite<V, R>(operation: LedgerOperation, { trial, ...options }: Options<V, R> & { trial?: boolean }): LedgerWrite<V> {
  const write = useSending(options);
  const stands = useStands(operation);
  const run = (values: V) => { if (!trial) mustBeSeen(stands); return write.run(values); };
  return { ...write, run, stands };
}

function useSending<V, R>({ send, form, refresh = [], onDone, onSettled }: Options<V, R>): Write<V> {
  const queries = useQueryClient();
  const say = useSay();
  const intent = useRef(new Intent());
  const running = useRef(false);
  const last = useRef<V>(undefined);
  const [state, setState] = useState({ busy: false, txId: '', error: undefined as unknown, done: false });

  const run = async (values: V) => {
    if (running.current) return;
    running.current = true;
    last.current = values;
    setState({ busy: true, txId: '', error: undefined, done: false });
    try {
      const { data, response } = await send(values, { 'Idempotency-Key': intent.current.keyFor(values) });
      if (isUnknown(data, response) && data.status === 'unknown') {
        setState({ busy: true, txId: data.txId, error: undefined, done: false });
        await settled(data.txId);
      }
      intent.current.happened();
      await Promise.all(refresh.map((queryKey) => queries.invalidateQueries({ queryKey })));
      setState({ busy: false, txId: '', error: undefined, done: true });
      if (isUnknown(data, response)) onSettled?.(data.txId, values);
      else onDone?.(data as Decided<R>, values);
    } catch (e) {
      const problem = asProblem(e);
      const { title, detail } = say(problem);
      const shown = form !== undefined && showAtField(form, problem, detail ? `${title} ${detail}` : title);
      setState({ busy: false, txId: '', error: shown ? undefined : problem, done: false });
    } finally {
      running.current = false;
    }
  };
  const again = async () => { if (last.current !== undefined) await run(last.current); };
  const reset = () => setState({ busy: false, txId: '', error: undefined, done: false });
  return { run, again, reset, ...state };
}
