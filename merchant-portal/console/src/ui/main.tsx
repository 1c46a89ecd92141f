import { createContext, type ReactNode, useContext, useLayoutEffect } from 'react';
import { Button, ButtonLink } from '@/plain/Button';

// Main is what one comes to a page to do: a place that it leads to, or what happens here.
export type Main = { does: ReactNode; plain?: boolean; to?: string; onAction?: () => void };

type Lent = { main?: Main | false; lend: (change: (n: number) => number) => void };

const Context = createContext<Lent>({ lend: () => {} });

// Lending lets an empty list within a page show the page's main button.
export const Lending = Context.Provider;

export function MainButton({ main: { does, plain, to, onAction } }: { main: Main }) {
  const kind = plain ? undefined : 'primary';
  return to ? <ButtonLink kind={kind} to={to}>{does}</ButtonLink> : <Button kind={kind} onClick={onAction}>{does}</Button>;
}

// BorrowedMain shows the page's main button in its place; the head of the page does not show it meanwhile.
export function BorrowedMain() {
  const { main, lend } = useContext(Context);
  useLayoutEffect(() => {
    lend((n) => n + 1);
    return () => lend((n) => n - 1);
  }, [lend]);
  return main ? <MainButton main={main} /> : null;
}
