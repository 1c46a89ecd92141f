// What a write will put on the ledger is shown before it is sent: nothing is signed that was not seen.
import { useEffect, useId, useRef, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type stands from '@/texts/zh-CN/stands.json';

// The operations of the interface that write to the ledger, by operationId; each has its sentences in texts/*/stands.json.
export type LedgerOperation = keyof (typeof stands)['mend'];
export type Stands = { operation: LedgerOperation; id: string; shown: RefObject<number> };

export function useStands(operation: LedgerOperation): Stands {
  useTranslation('stands'); // is there before it is needed
  return { operation, id: useId(), shown: useRef(0) };
}

export function useShown({ shown }: Stands): void {
  useEffect(() => {
    shown.current++;
    return () => { shown.current--; };
  }, [shown]);
}

export function mustBeSeen({ operation, shown }: Stands): void {
  if (shown.current === 0) throw new Error(`nothing is signed that was not seen: ${operation} has no WillStand`);
}
