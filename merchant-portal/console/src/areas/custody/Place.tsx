import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { PartyName } from '@/ui/PartyName';
import { StatusTag } from '@/ui/StatusTag';

type Holding = NonNullable<Schemas['NamedUnit']['holding']>;
const tones = { held: 'good', in_transit: 'wait', sold: 'none', consumed: 'none', removed: 'bad' } as const;

// Place says where a unit is now.
export function Place({ holding }: { holding?: Holding }) {
  const { t } = useTranslation('custody');
  if (!holding) return null;
  return <><StatusTag tone={tones[holding.state]}>{t(`state.${holding.state}`)}</StatusTag> <span className="quiet"><PartyName id={holding.party} />{holding.to && <> → <PartyName id={holding.to} /></>}</span></>;
}
