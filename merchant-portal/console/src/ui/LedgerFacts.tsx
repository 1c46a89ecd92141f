import { Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { figure } from '@/app/figure';
import { Id } from './Id';
import { PartyName } from './PartyName';
import { StatusTag, type Tone } from './StatusTag';
import LedgerProof from './LedgerProof';
import { Time } from './Time';

const tones: Record<Schemas['Transaction']['status'], Tone> = { committed: 'good', refused: 'bad', unknown: 'none' };

// LedgerFacts is what the ledger says of one transaction.
export default function LedgerFacts({ tx }: { tx: Schemas['Transaction'] }) {
  const { t } = useTranslation();
  const facts = [
    { key: 'status', label: t('ledger.status'), children: <StatusTag tone={tones[tx.status]}>{t(`ledger.${tx.status}`)}</StatusTag> },
    { key: 'tx', label: t('ledger.transaction'), children: <Id value={tx.txId} /> },
    tx.block !== undefined && { key: 'block', label: t('ledger.block'), children: <span className="figure">{figure(tx.block)}</span> },
    tx.at && { key: 'at', label: t('ledger.at'), children: <Time at={tx.at} /> },
    tx.function && { key: 'function', label: t('ledger.function'), children: <span className="id">{tx.function}</span> },
    tx.party && { key: 'party', label: t('ledger.party'), children: <><PartyName id={tx.party} /> <Id value={tx.party} /></> },
    tx.identity && { key: 'identity', label: t('ledger.signed'), children: <><span className="id">{tx.identity}</span>{tx.msp && <div className="quiet">{tx.msp}</div>}</> },
    tx.endorsers?.length && { key: 'endorsers', label: t('ledger.endorsed'), children: <ul style={{ margin: 0, paddingLeft: 18 }}>{tx.endorsers.map((e) => <li key={e} className="id">{e}</li>)}</ul> },
    tx.reason && { key: 'reason', label: t('ledger.reason'), children: tx.reason },
    tx.code && tx.status === 'refused' && { key: 'code', label: t('ledger.code'), children: <span className="id">{tx.code}</span> },
  ].filter((f) => !!f);
  return (
    <>
      <p className="quiet" style={{ marginTop: 0 }}>{t('ledger.what')}</p>
      <Descriptions column={1} size="small" bordered items={facts} />
      {tx.block !== undefined && <LedgerProof tx={tx} />}
      {tx.event && <>
        <h2 style={{ fontSize: 16 }}>{t('ledger.changed')}</h2>
        <pre className="id hairline" tabIndex={0} style={{ padding: 12, overflow: 'auto', maxHeight: 360 }}>{JSON.stringify(tx.event, null, 2)}</pre>
      </>}
    </>
  );
}
