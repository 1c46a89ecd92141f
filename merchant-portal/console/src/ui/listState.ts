// The state of a list lives in the address: what is searched, filtered and sorted, and where the page begins.
import { useCallback } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';

export type ListParams = { q?: string; sort?: string; after?: string; limit: number } & Record<string, string | number | undefined>;

export type ListState = {
  params: ListParams;
  set: (changes: Record<string, string | undefined>) => void; // back to the first page
  next: (after: string) => void;
  previous?: () => void;
  first?: () => void;
};

const pageSizes = [20, 50, 100, 200];
export const sizes = pageSizes;

// read takes a list's parameters out of an address. `names` are its filters.
export function read(search: URLSearchParams, names: readonly string[]): ListParams {
  const limit = Number(search.get('limit'));
  const params: ListParams = { limit: pageSizes.includes(limit) ? limit : 50 };
  for (const name of ['q', 'sort', 'after', ...names]) params[name] = search.get(name) || undefined;
  return params;
}

// paging is what every list of the gateway takes.
export function paging({ q, after, limit }: ListParams): { q?: string; after?: string; limit: number; count: true } {
  return { q, after, limit, count: true };
}

// useListState reads and changes the address. Where the pages before this one began is kept in the history's entry.
export function useListState(names: readonly string[]): ListState {
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const before = ((useLocation().state as { before?: string[] } | null)?.before) ?? [];
  const change = useCallback((changes: Record<string, string | undefined>, state?: { before: string[] }) => {
    setSearch((old) => {
      const now = new URLSearchParams(old);
      for (const [name, value] of Object.entries(changes)) value ? now.set(name, value) : now.delete(name);
      return now;
    }, { state: state ?? null, preventScrollReset: !('after' in changes) });
  }, [setSearch]);
  const after = search.get('after') ?? undefined;
  return {
    params: read(search, names),
    set: (changes) => change({ ...changes, after: undefined }),
    next: (to) => change({ after: to }, { before: [...before, after ?? ''] }),
    previous: before.length > 0 ? () => navigate(-1) : undefined,
    first: after ? () => change({ after: undefined }) : undefined,
  };
}
