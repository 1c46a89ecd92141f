// WillStand says what will stand on the ledger, who signs it and how a mistake is mended, before the button that writes it.
//
//   const write = useLedgerWrite('voidUnits', { send: ... });
//   <WillStand stands={write.stands} values={{ lot, from, to, count }} /> <WriteButton write={write}>...</WriteButton>
import { Descriptions } from 'antd';
import { useContext, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Session } from '@/app/session';
import { usePartyName } from './PartyName';
import { useShown, type Stands } from './stands';

export type Fact = { label: string; value: ReactNode };
type Props = {
  stands: Stands;
  values?: Record<string, string | number | undefined>; // of the sentence says.OPERATION; what is not filled in yet is said to be so
  facts?: Fact[];
  signer?: string; // who signs, where nobody has signed in yet
};

export function WillStand({ stands, values = {}, facts = [], signer }: Props) {
  const { t } = useTranslation('stands');
  const own = usePartyName(useContext(Session)?.party);
  useShown(stands);
  const filled = Object.fromEntries(Object.entries(values).map(([k, v]) => [k, v === undefined || v === '' ? t('unset') : v]));
  return (
    <section id={stands.id} aria-label={t('title')} className="hairline" style={{ padding: '12px 16px', margin: '0 0 16px', overflowWrap: 'anywhere' }} data-stands={stands.operation}>
      <h3 style={{ margin: '0 0 4px', fontSize: 14, fontWeight: 600 }}>{t('title')}</h3>
      <p style={{ margin: 0 }}>{t(`says.${stands.operation}` as 'title', filled)}</p>
      {facts.length > 0 && <Descriptions size="small" column={1} style={{ marginTop: 8 }} items={facts.map((f, i) => ({ key: i, label: f.label, children: f.value || <span className="quiet">—</span> }))} />}
      <p className="quiet" style={{ margin: '8px 0 0' }}>{t('signed', { party: (signer ?? own) || t('unset'), mend: t(`mend.${stands.operation}`) })}</p>
    </section>
  );
}
