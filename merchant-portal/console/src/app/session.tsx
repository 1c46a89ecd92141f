// Who works here: his party, his role, and what he may do. Roles decide what is seen; the gateway decides what is allowed.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { answer, api, type Schemas } from '@/api/client';
import type { operations } from '@/api/schema.gen';

export type Me = Schemas['Me'];
export type Role = Me['role'];

export const meQuery = { queryKey: ['me'], queryFn: () => answer(api.GET('/api/v1/me')), retry: false, staleTime: 60_000 } as const;

export const Session = createContext<Me | null>(null);

// useMe gives the person who is signed in. Only pages inside the shell may ask.
export function useMe(): Me {
  const me = useContext(Session);
  if (!me) throw new Error('useMe outside of a session');
  return me;
}

export function useMeQuery() {
  return useQuery(meQuery);
}

export type Operation = keyof operations;

// useCan tells whether the person may call an operation of the interface, by its operationId.
export function useCan(): (operation: Operation) => boolean {
  const { operations: allowed } = useMe();
  return (operation) => allowed.includes(operation);
}

export function useForget(): () => void {
  const queries = useQueryClient();
  return () => queries.clear();
}
