import { Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Id } from '@/ui/Id';
import { PartyName } from '@/ui/PartyName';
import { StatusTag, type Tone } from '@/ui/StatusTag';
import { Time } from '@/ui/Time';
import { lastWord } from './receipt';

type Shipment = Schemas['Shipment'];
export type ShipmentState = NonNullable<Shipment['state']>;
const tones: Record<ShipmentState, Tone> = { sent: 'wait', partly_received: 'wait', overdue: 'bad', received: 'good', cancelled: 'none' };

export const stateOf = (s: Shipment): ShipmentState => s.state ?? (s.receivedAt ? 'received' : 'sent');
export const units = (lines: { count: number }[]) => lines.reduce((sum, l) => sum + l.count, 0);
export const openUnits = (s: Shipment) => Math.max(0, units(s.lines) - units(lastWord(s.receipt ?? []).filter((l) => l.condition !== 'withheld')));

export function ShipmentStatus({ shipment }: { shipment: Shipment }) {
  const { t } = useTranslation('custody');
  return <StatusTag tone={tones[stateOf(shipment)]}>{t(`shipment.${stateOf(shipment)}`)}</StatusTag>;
}

// ShipmentFacts shows a shipment on its way, as a picture: from whom to whom, and how much of it has arrived.
export function ShipmentFacts({ shipment }: { shipment: Shipment }) {
  const { t } = useTranslation('custody');
  const sent = units(shipment.lines);
  const of = (condition: string) => units(lastWord(shipment.receipt ?? []).filter((l) => l.condition === condition));
  const parts = [['good', of('good'), 'var(--green)'], ['damaged', of('damaged'), 'var(--red)'], ['missing', of('missing'), 'var(--grey)']] as const;
  const open = openUnits(shipment);
  return (
    <figure style={{ margin: '0 0 16px' }}>
      <Flex wrap align="center" gap="0 12px" style={{ margin: '0 0 8px' }}><Id value={shipment.id} /><ShipmentStatus shipment={shipment} /><span className="quiet"><PartyName id={shipment.from} /> → <PartyName id={shipment.to} /> · <Time at={shipment.dispatchedAt} /></span></Flex>
      <div aria-hidden="true" style={{ display: 'flex', gap: 2, height: 16, borderRadius: 6, overflow: 'hidden', background: 'var(--fill)' }}>
        {parts.map(([name, n, fill]) => n > 0 && <div key={name} style={{ flex: `${n} 0 3px`, background: fill }} />)}
        {open > 0 && <div style={{ flex: `${open} 0 3px`, background: 'var(--amber)' }} />}
      </div>
      <figcaption className="quiet" style={{ marginTop: 8 }}>{t('shipment.sums', { sent, good: parts[0][1], damaged: parts[1][1], missing: parts[2][1], open })}</figcaption>
    </figure>
  );
}
