// What a party is called, by its id: asked for in groups, once, and the id itself where there is no name for it.
//
//   <PartyName id={shipment.from} />     or, within a text:  t('from', { party: usePartyName(shipment.from) })
import { useQuery } from '@tanstack/react-query';
import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { Session } from '@/app/session';
import { said } from './said';

type Name = Schemas['PartyNames']['items'][number]['name'];
const most = 100; // ids that the gateway takes at a time

let waiting = new Map<string, ((name: Name | null) => void)[]>();

async function ask() {
  const asked = waiting;
  waiting = new Map();
  const ids = [...asked.keys()];
  for (let i = 0; i < ids.length; i += most) {
    const id = ids.slice(i, i + most);
    const found = await answer(api.GET('/api/v1/party-names', { params: { query: { id } } })).catch(() => null);
    const names = new Map(found?.items.map((n) => [n.id, n.name]));
    for (const one of id) asked.get(one)?.forEach((done) => done(names.get(one) ?? null));
  }
}

const nameOf = (id: string) => new Promise<Name | null>((done) => {
  if (waiting.size === 0) setTimeout(() => void ask(), 10);
  waiting.set(id, [...(waiting.get(id) ?? []), done]);
});

export function usePartyName(id?: string): string {
  useTranslation(); // speaks anew when the language changes
  const me = useContext(Session);
  const may = !!me?.operations.includes('listPartyNames'); // an applicant knows his own, and who signs up nobody's
  const own = id === me?.party ? me?.partyName : undefined;
  const { data, isLoading } = useQuery({ queryKey: ['party-name', id], queryFn: () => nameOf(id!), enabled: !!id && !own && may, staleTime: Infinity });
  return isLoading ? '…' : said(own ?? data ?? undefined) || (id ?? ''); // no id flashes where a name comes
}

export function PartyName({ id }: { id?: string }) {
  const name = usePartyName(id);
  return <span title={id}>{name || '—'}</span>;
}
