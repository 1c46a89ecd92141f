import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { PartyName } from '@/ui/PartyName';
import { StatusTag, type Tone } from '@/ui/StatusTag';
import { ProductName } from '@/ui/ProductName';
import { Moment } from '@/ui/Time';
import { say } from './words';

const tones: Record<Schemas['NewDecision']['outcome'], Tone> = { counterfeit_confirmed: 'bad', genuine: 'good', cannot_tell: 'none' };

type Shown = { outcome: Schemas['Outcome'] | Schemas['NewDecision']['outcome']; reason: { 'zh-CN'?: string; en?: string }; at?: string; suspended?: boolean };

// Ruling is a decision as it is published: on the unit's page, the list of decisions and the ledger.
export function Ruling({ decision: d, complaint: c }: { decision: Shown; complaint: Schemas['Complaint'] }) {
  const { t } = useTranslation('platform');
  const outcome = d.outcome as keyof typeof tones;
  return (
    <div className="hairline" style={{ padding: 16, marginBottom: 12, overflowWrap: 'anywhere' }}>
      <StatusTag tone={tones[outcome] ?? 'none'}>{t(`outcome.${outcome}`)}</StatusTag>
      <p style={{ margin: '8px 0' }}>{say(d.reason) || '—'}</p>
      <p className="quiet" style={{ margin: 0 }}><ProductName gtin={c.gtin} /> · {c.lot} · <PartyName id={c.respondent} />{d.at && <> · <Moment at={d.at} /></>}{d.suspended && ` · ${t('decide.suspended')}`}</p>
    </div>
  );
}
