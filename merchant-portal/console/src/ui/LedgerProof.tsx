import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { language } from '@/app/language';
import { Waiting } from '@/app/Waiting';
import { ProblemNote } from './Problem';
import { check, sameRecord, type Report, type Signer } from './proof';
import { StatusTag } from './StatusTag';

// LedgerProof checks in this browser who signed a transaction and who endorsed it, and that what is shown is what they signed.
export default function LedgerProof({ tx }: { tx: Schemas['Transaction'] }) {
  const { t } = useTranslation();
  const proof = useQuery({
    queryKey: ['transactions', tx.txId, 'proof'],
    queryFn: async () => {
      const given = await answer(api.GET('/api/v1/transactions/{txId}/proof', { params: { path: { txId: tx.txId } } }));
      return { given, report: await check(given) };
    },
    staleTime: Infinity,
  });
  return (
    <section aria-label={t('ledger.checks')}>
      <h2 style={{ fontSize: 16 }}>{t('ledger.checks')}</h2>
      <ProblemNote error={proof.error} retry={() => void proof.refetch()} />
      {proof.isPending && <Waiting />}
      {proof.data && <Checked given={proof.data.given} report={proof.data.report} same={!tx.event || sameRecord(tx.event, proof.data.report.event)} />}
    </section>
  );
}

function Checked({ given, report, same }: { given: Schemas['TransactionProof']; report: Report; same: boolean }) {
  const { t } = useTranslation();
  const say = (text?: Schemas['Text']) => text?.[language()] || text?.['zh-CN'];
  return (
    <>
      <ul style={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: 8 }}>
        {report.passed.map((c) => <li key={c} className="wrap-status"><StatusTag tone="good">{say(given.titles[c])}</StatusTag></li>)}
        {report.failed && <li className="wrap-status"><StatusTag tone="bad">{say(given.reasons[report.failed.reason]) ?? report.failed.reason}</StatusTag></li>}
        {!report.failed && <li className="wrap-status"><StatusTag tone={same ? 'good' : 'bad'}>{t(same ? 'ledger.sameRecord' : 'ledger.otherRecord')}</StatusTag></li>}
      </ul>
      {report.signer && <p style={{ marginBottom: 4 }}>{t('ledger.signed')} <Who of={report.signer} /></p>}
      {report.endorsedBy && <div>{t('ledger.endorsed')} {report.endorsedBy.map((e) => <div key={e.msp + e.name} style={{ paddingLeft: 16 }}><Who of={e} /></div>)}</div>}
      <p className="quiet">{t(given.whole ? 'ledger.wholeBlock' : 'ledger.noBlock')}</p>
    </>
  );
}

const Who = ({ of }: { of: Signer }) => <><span className="id">{of.name}</span> <span className="quiet">{of.msp}</span></>;
