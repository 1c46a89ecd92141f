// ScanDesk is where goods are shipped, received, sold, taken back and packed: codes in, one button, an outbox.
import { Alert } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/app/session';
import { Button } from '@/plain/Button';
import { Page } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { mustBeSeen, useStands } from '@/ui/stands';
import { WillStand } from '@/ui/WillStand';
import { Outbox } from './Outbox';
import { bodyOf } from './scan/body';
import { operationOf, pathOf, type Doing } from './scan/doings';
import { useOutbox } from './scan/outbox';
import { ScanField } from './scan/ScanField';
import { useScanList } from './scan/useScanList';
import { ScanRows } from './ScanRows';
import { countOf, useGoods } from './standing';

// What a code that is not found means, where somebody else can mend it: at the till, and in a shipment.
const caseOf: Partial<Record<Doing, 'till_refused' | 'unknown_code'>> = { sell: 'till_refused', return: 'till_refused', receive: 'unknown_code' };

type Props = {
  doing: Doing;
  subject?: string; // the shipment that is received
  fields: () => Promise<Record<string, unknown>>; // what else is sent; it throws where something is missing
  stands?: (counted: ReturnType<typeof countOf>) => Record<string, string | number | undefined>; // what else will stand on the ledger
  onSent?: () => void; // it is on its way, not on the ledger yet
  damaged?: boolean;
  children?: ReactNode;
  aside?: ReactNode;
};

export function ScanDesk({ doing, subject = '', fields, stands = () => ({}), onSent, damaged, children, aside }: Props) {
  const { t } = useTranslation('custody');
  const { party } = useMe();
  const desk = [party, doing, subject].join('/');
  const list = useScanList(desk, doing === 'receive' ? subject : undefined);
  const outbox = useOutbox();
  const [sent, setSent] = useState({ id: '', count: 0 });
  const preview = useStands(operationOf[doing]);
  const goods = useGoods();
  const counted = countOf(list.rows);
  const unclear = list.rows.filter((r) => r.named?.fault && !r.unit).length;

  const send = async () => {
    mustBeSeen(preview);
    const rest = await fields().catch(() => null);
    if (!rest) return;
    const id = crypto.randomUUID();
    const handed = await list.hand(async (codes) => {
      setSent({ id, count: codes.length });
      await outbox.add({ id, doing, path: pathOf[doing](subject), body: bodyOf(doing, codes, rest), count: codes.length, at: Date.now(), codes });
    }).catch(() => false); // the outbox tells why
    if (handed) onSent?.();
  };
  const back = async (w: (typeof outbox.all)[number]) => {
    if (await outbox.putBack(desk, w)) window.location.reload();
  };
  const drop = (id: string) => {
    if (id === sent.id) setSent({ id: '', count: 0 });
    void outbox.drop(id);
  };
  const mine = outbox.all.filter((w) => w.doing === doing && w.path === pathOf[doing](subject));

  return (
    <Page title={t(`do.${doing}`)} name={t(`do.${doing}`)} crumbs={[{ title: t('title'), to: '/custody' }]} help={t('scan.help')}>
      <Outbox all={mine} fault={outbox.fault} onBack={(w) => void back(w)} onDrop={drop} onSend={() => void outbox.send()} />
      {outbox.done.has(sent.id) && <Alert type="success" showIcon role="status" closable style={{ marginBottom: 16 }} title={t('scan.sent', { what: t(`do.${doing}`), count: sent.count })} />}
      {aside}
      {children}
      <ScanField onCode={list.add} onUndo={list.undo} label={t('scan.field')} />
      <div style={{ marginTop: 12 }}><WillStand stands={preview} values={{ goods: goods(counted.units, counted.boxes, counted.lots), ...stands(counted) }} /></div>
      <div className="spread" style={{ margin: '12px 0' }}>
        <strong className="figure" style={{ fontSize: 20 }} data-testid="count">{t('scan.count', { count: list.rows.length })}</strong>
        <div className="row">
          <Button disabled={list.rows.length === 0} onClick={list.undo}>{t('scan.undo')}</Button>
          <Button kind="primary" aria-describedby={preview.id} disabled={list.rows.length === 0 || unclear > 0} onClick={() => void send()}>{t(`send.${doing}`)}</Button>
        </div>
      </div>
      <ProblemNote error={list.error} />
      {list.unread && <Alert type="error" showIcon role="alert" style={{ marginBottom: 12 }} title={t('scan.unread')} />}
      {list.unkept && <Alert type="warning" showIcon role="alert" style={{ marginBottom: 12 }} title={t('scan.unkept')} />}
      {list.double && <Alert type="warning" showIcon role="status" style={{ marginBottom: 12 }} title={t('scan.double', { tail: list.double.slice(-6) })} />}
      {unclear > 0 && <Alert type="error" showIcon style={{ marginBottom: 12 }} title={t('scan.unclear', { count: unclear })} />}
      <ScanRows rows={list.rows} onRemove={list.remove} onChange={list.change} damaged={damaged} caseFor={caseOf[doing]} shipment={subject} />
    </Page>
  );
}
