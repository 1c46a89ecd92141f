import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { figure } from '@/app/figure';
import { usePartyName } from '@/ui/PartyName';

type Holding = Schemas['Provenance']['holdings'][number];
type Share = { key: string; party: string; to?: string; state: Holding['state']; units: number };

const fills: Record<string, string> = { held: 'var(--green)', in_transit: 'var(--amber)', sold: 'var(--ink)', consumed: 'var(--grey)', removed: 'var(--red)' };

// sharesOf adds up runs of units by who has them and how.
export function sharesOf(holdings: Holding[]): Share[] {
  const shares = new Map<string, Share>();
  for (const { party, to, state, count } of holdings) {
    const key = `${state} ${party} ${to ?? ''}`;
    const share = shares.get(key) ?? { key, party, to, state, units: 0 };
    share.units += count;
    shares.set(key, share);
  }
  return [...shares.values()].sort((a, b) => b.units - a.units);
}

// Holdings is what is where: one bar for the whole batch, and each part of it in words.
export function Holdings({ holdings, quantity }: { holdings: Holding[]; quantity: number }) {
  const { t, i18n } = useTranslation('goods');
  const shares = sharesOf(holdings);
  const percent = new Intl.NumberFormat(i18n.language === 'zh-CN' ? 'zh-CN' : 'en', { style: 'percent', maximumFractionDigits: 1 });
  return (
    <figure style={{ margin: 0 }}>
      <div aria-hidden="true" style={{ display: 'flex', gap: 2, height: 20, borderRadius: 6, overflow: 'hidden', background: 'var(--fill)' }}>
        {shares.map((s) => <div key={s.key} title={t(`where.${s.state}`)} style={{ flex: `${s.units} 0 3px`, background: fills[s.state] ?? 'var(--grey)' }} />)}
      </div>
      <figcaption>
        <ul style={{ listStyle: 'none', margin: '12px 0 0', padding: 0, display: 'grid', gap: 6 }}>
          {shares.map((s) => (
            <li key={s.key} style={{ display: 'flex', gap: 8, alignItems: 'baseline', flexWrap: 'wrap' }}>
              <span aria-hidden="true" style={{ width: 10, height: 10, borderRadius: 3, background: fills[s.state] ?? 'var(--grey)', flexShrink: 0 }} />
              <span>{t(`where.${s.state}`)}</span>
              <span className="quiet"><Who share={s} /></span>
              <span className="figure" style={{ marginLeft: 'auto' }}>{figure(s.units)} <span className="quiet">{percent.format(s.units / quantity)}</span></span>
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}

// Who has a share, or who sent it to whom.
function Who({ share }: { share: Share }) {
  const { t } = useTranslation('goods');
  const from = usePartyName(share.party);
  const to = usePartyName(share.to);
  return <>{share.to ? t('where.to', { from, to }) : from}</>;
}
