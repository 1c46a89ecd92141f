// Whether a batch may move: how its quality stands, who holds it and why, and how it is held and released.
import { useQuery } from '@tanstack/react-query';
import { Alert, Flex } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { useCan, useMe } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { Holds } from '@/areas/quality/Holds';
import { Section } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { TextAction } from '@/ui/TextAction';
import type { Batch } from './queries';

const watches = (role: string) => role === 'platform' || role === 'auditor';

export function Circulation({ batch: b }: { batch: Batch }) {
  const { t } = useTranslation('goods');
  const path = { gtin: b.gtin, lot: b.lot };
  const quality = useQuery({ queryKey: ['inspections', b.gtin, b.lot], queryFn: () => answer(api.GET('/api/v1/inspections', { params: { query: path } })) });
  return (
    <Section title={t('circulation.title')}>
      <ProblemNote error={quality.error} retry={() => void quality.refetch()} />
      {quality.isPending && <Waiting />}
      {quality.data && <><Holds quality={quality.data} /><Actions batch={b} holds={quality.data.holds} /></>}
    </Section>
  );
}

// A producer holds its own batch and lifts its own holds; the platform and auditors hold any and lift any.
function Actions({ batch: b, holds }: { batch: Batch; holds: Schemas['Hold'][] }) {
  const { t } = useTranslation('goods');
  const me = useMe();
  const can = useCan();
  const [done, setDone] = useState<'held' | 'released'>();
  const path = { gtin: b.gtin, lot: b.lot };
  const refresh = [['inspections'], ['batches'], ['provenance'], ['overview']];
  const any = watches(me.role);
  const holdable = can('holdBatch') && (any || b.producer === me.party);
  const releasable = can('releaseBatch') && holds.some((h) => any || (!h.official && h.by === me.party));
  return <>
    {done && <Alert type="success" showIcon role="status" style={{ marginTop: 12 }} title={t(`circulation.${done}`, { lot: b.lot })} />}
    <Flex gap={8} wrap align="start" style={{ marginTop: 12 }}>
      {holdable && <TextAction operation="holdBatch" values={{ lot: b.lot }} label={t('circulation.hold')} danger refresh={refresh} onDone={() => setDone('held')}
        send={(reason, header) => api.POST('/api/v1/batches/{gtin}/{lot}/holds', { params: { path, header }, body: { reason } })} />}
      {releasable && <TextAction operation="releaseBatch" values={{ lot: b.lot }} label={t('circulation.release')} refresh={refresh} onDone={() => setDone('released')}
        send={(reason, header) => api.POST('/api/v1/batches/{gtin}/{lot}/releases', { params: { path, header }, body: { reason } })} />}
    </Flex>
  </>;
}
