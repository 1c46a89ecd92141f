import { Link } from 'react-router';
import type { Schemas } from '@/api/client';
import { PartyName } from '@/ui/PartyName';

// ContainerHolder says where a container is: with a party, or on its way with a shipment.
export function ContainerHolder({ of: { holder } }: { of: Schemas['Container'] }) {
  return /^S[A-Z2-7]{16}$/.test(holder) ? <Link className="id" to={`/custody/shipments/${holder}`}>{holder}</Link> : <PartyName id={holder} />;
}
