import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';

// useTxLink gives the address of the page as it is, with the drawer of a transaction open.
export function useTxLink(): (txId: string) => { search: string } {
  const [params] = useSearchParams();
  return (txId) => {
    const next = new URLSearchParams(params);
    next.set('tx', txId);
    return { search: `?${next}` };
  };
}

// LedgerRef leads to what the ledger says of a transaction: it opens the one drawer, by the address. It reads as the
// transaction's first figures, or as the words given.
export function LedgerRef({ txId, children }: { txId?: string; children?: ReactNode }) {
  const { t } = useTranslation();
  const link = useTxLink();
  if (!txId) return <span className="quiet">—</span>;
  const first = `${txId.slice(0, 8)}…`;
  return <Link to={link(txId)} preventScrollReset className={children ? undefined : 'id'} aria-label={children ? undefined : t('ledger.open', { first })}>{children ?? first}</Link>;
}
