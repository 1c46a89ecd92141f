import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useCan, useMe } from '@/app/session';
import { Page, Section } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { shipmentQuery } from './queries';
import { LotLines } from './LotLines';
import { lastWord } from './receipt';
import { ShipmentCases } from './ShipmentCases';
import { ShipmentFacts } from './ShipmentFacts';
import { ShipmentMending } from './ShipmentMending';

export function Component() {
  const { t } = useTranslation('custody');
  const id = useParams().id ?? '';
  const { party } = useMe();
  const can = useCan();
  const { data, error, refetch } = useQuery(shipmentQuery(id));
  const mine = data && data.to === party && !data.receivedAt && !data.cancelledAt && can('receive');
  return (
    <Page title={t('shipment.title', { id })} crumbs={[{ title: t('title'), to: '/custody' }]} actions={mine && <Link to={`/custody/receive/${id}`}><Button type="primary">{t('do.receive')}</Button></Link>}>
      <ProblemNote error={error} retry={() => void refetch()} />
      {data && <ShipmentFacts shipment={data} />}
      {data && (
        <Section title={t('shipment.contents')}>
          {data.containers && (
            <ul style={{ paddingLeft: 20 }}>
              {data.containers.map((c) => <li key={c}>{t('scan.container')} <Link className="figure" to={`/custody/containers/${c}`}>{c}</Link></li>)}
            </ul>
          )}
          <LotLines lines={data.lines} />
        </Section>
      )}
      {data?.receipt && <Section title={t('shipment.receipt')}><LotLines lines={lastWord(data.receipt)} /></Section>}
      {data && <ShipmentCases id={id} />}
      {data && <ShipmentMending shipment={data} />}
    </Page>
  );
}
