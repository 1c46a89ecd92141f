import { Alert, Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { FollowedUp } from '@/ui/Problem';
import { Time } from '@/ui/Time';
import type { Waiting } from './scan/kept';
import type { Fault } from './scan/outbox';

type Props = { all: Waiting[]; fault?: Fault; onBack?: (w: Waiting) => void; onDrop: (id: string) => void; onSend: () => void };

// Outbox shows what was sent and is not on the ledger yet, and what the device has failed to keep of it.
export function Outbox({ all, fault, onBack, onDrop, onSend }: Props) {
  const { t } = useTranslation('custody');
  if (all.length === 0 && !fault) return null;
  return (
    <section aria-label={t('outbox.title')} style={{ marginBottom: 16 }}>
      {fault && <Alert type="error" showIcon role="alert" style={{ marginBottom: 8 }} title={t(`outbox.fault.${fault}`)} />}
      {all.map((w) => (
        <Alert key={w.id} showIcon type={w.refused ? 'error' : 'warning'} role="status" style={{ marginBottom: 8 }}
          title={w.refused ? `${t(`do.${w.doing}`)}: ${w.refused.title}` : t('outbox.waiting', { what: t(`do.${w.doing}`), count: w.count })}
          description={<>{w.refused ? w.refused.detail : t('outbox.why')} {w.refused?.case ? <FollowedUp id={w.refused.case} /> : w.refused && <Link to={caseFor(w)}>{t('outbox.case')}</Link>} <Time at={new Date(w.at).toISOString()} /></>}
          action={(
            <Flex vertical gap={4}>
              {w.refused && onBack && <Button size="small" onClick={() => onBack(w)}>{t('outbox.back')}</Button>}
              {w.refused && <Button size="small" onClick={() => onDrop(w.id)}>{t('outbox.drop')}</Button>}
              {!w.refused && <Button size="small" onClick={onSend}>{t('outbox.now')}</Button>}
            </Flex>
          )} />
      ))}
    </section>
  );
}

// caseFor is the form of a case with what is known of a refusal filled in.
function caseFor({ doing, path, codes, refused }: Waiting): string {
  const shipment = /shipments\/([^/]+)\/receipt/.exec(path)?.[1];
  const known = { cause: doing === 'sell' ? 'till_refused' : '', shipment: shipment ? decodeURIComponent(shipment) : '', code: codes.length === 1 ? codes[0]!.code : '', note: `${refused?.title ?? ''} ${refused?.detail ?? ''}`.trim() };
  return `/custody/cases/new?${new URLSearchParams(Object.entries(known).filter(([, v]) => v))}`;
}
