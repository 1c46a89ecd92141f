import { Alert, Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { FollowedUp } from '@/ui/Problem';
import { Time } from '@/ui/Time';
import type { Waiting } from './scan/kept';

type Props = { all: Waiting[]; onBack?: (w: Waiting) => void; onDrop: (id: string) => void; onSend: () => void };

// Outbox shows what was sent and is not on the ledger yet.
export function Outbox({ all, onBack, onDrop, onSend }: Props) {
  const { t } = useTranslation('custody');
  if (all.length === 0) return null;
  return (
    <section aria-label={t('outbox.title')} style={{ marginBottom: 16 }}>
      {all.map((w) => (
        <Alert key={w.id} showIcon type={w.refused ? 'error' : 'warning'} role="status" style={{ marginBottom: 8 }}
          title={w.refused ? `${t(`do.${w.doing}`)}: ${w.refused.title}` : t('outbox.waiting', { what: t(`do.${w.doing}`), count: w.count })}
          description={<>{w.refused ? w.refused.detail : t('outbox.why')} <FollowedUp id={w.refused?.case} /> <Time at={new Date(w.at).toISOString()} /></>}
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
