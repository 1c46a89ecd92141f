import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { PartyName } from '@/ui/PartyName';
import { StatusTag } from '@/ui/StatusTag';
import { Moment } from '@/ui/Time';
import { qualityTones, said } from './words';

// Holds says how a batch stands, and who holds it, since when and why.
export function Holds({ quality: q }: { quality: Schemas['BatchQuality'] }) {
  const { t } = useTranslation('quality');
  return <>
    <StatusTag tone={qualityTones[q.status]}>{t(`quality.${q.status}`)}</StatusTag>
    {q.holds.length > 0 && (
      <ul className="holds" style={{ listStyle: 'none', margin: '8px 0 0', padding: 0, overflowWrap: 'anywhere' }}>
        {q.holds.map((h) => (
          <li key={h.by + h.at} style={{ paddingBottom: 8 }}>
            <div>{said(h.reason)}</div>
            <div className="quiet">{t('holds.by')} <PartyName id={h.by} />{h.official && ` · ${t('holds.official')}`} · <Moment at={h.at} /></div>
          </li>
        ))}
      </ul>
    )}
  </>;
}
