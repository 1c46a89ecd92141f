import type { Schemas } from '@/api/client';
import { usePartyName } from '@/ui/PartyName';
import { useProductName } from '@/ui/ProductName';
import { aboutOf } from './about';

// Subject names what a notice is about: a product with its lot, the party itself, or a number.
export function Subject({ notice: n }: { notice: Schemas['Notice'] }) {
  const gtin = typeof n.detail.gtin === 'string' ? n.detail.gtin : undefined;
  const product = useProductName(gtin);
  const party = usePartyName(n.subject === n.party ? n.party : undefined);
  if (product && typeof n.detail.lot === 'string') return <>{product} <span className="id">{n.detail.lot}</span></>;
  return party ? <>{party}</> : <span className="id">{aboutOf(n)}</span>;
}
