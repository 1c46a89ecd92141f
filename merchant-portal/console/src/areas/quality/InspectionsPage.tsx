import { Button, Flex, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { answer, api, type Schemas } from '@/api/client';
import type { paths } from '@/api/schema.gen';
import { ButtonLink } from '@/plain/Button';
import { DataTable } from '@/ui/DataTable';
import { Empty } from '@/ui/Empty';
import { figure } from '@/app/figure';
import { Page, Section } from '@/ui/Page';
import { PartyName } from '@/ui/PartyName';
import { said } from '@/ui/said';
import { Time } from '@/ui/Time';

type Sort = NonNullable<paths['/api/v1/inspections/waiting']['get']['parameters']['query']>['sort'];

// Batches that wait for an inspection, who has waited longest first, and the way to any other one.
export function Component() {
  const { t } = useTranslation('quality');
  return (
    <Page title={t('inspections.title')} help={t('inspections.help')} actions={<><ButtonLink to="/quality/standards">{t('standards.title')}</ButtonLink><ButtonLink to="/quality/inspections/records">{t('records.title')}</ButtonLink></>}>
      <Section title={t('inspections.waiting')}>
        <DataTable<Schemas['Batch']>
          name={t('inspections.waiting')} queryKey={['inspections', 'waiting']} rowKey={(b) => `${b.gtin}/${b.lot}`} search={t('inspections.search')}
          list={(p) => answer(api.GET('/api/v1/inspections/waiting', { params: { query: { after: p.after, limit: p.limit, q: p.q, sort: p.sort as Sort, count: true } } }))}
          columns={[
            { key: 'lot', title: t('lot'), sort: 'lot', render: (b) => <Link className="id" to={`/quality/inspections/${b.gtin}/${encodeURIComponent(b.lot)}`}>{b.lot}</Link> },
            { key: 'product', title: t('recall.product'), render: (b) => <>{said(b.productName)}<br /><span className="id quiet">{b.gtin}</span></> },
            { key: 'producer', title: t('inspections.producer'), render: (b) => <PartyName id={b.producer} /> },
            { key: 'quantity', title: t('inspections.size'), sort: 'quantity', align: 'right', render: (b) => <span className="figure">{figure(b.quantity)}</span> },
            { key: 'at', title: t('inspections.since'), sort: 'registeredAt', render: (b) => <Time at={b.registeredAt} /> },
          ]}
          empty={<Empty>{t('inspections.none')}</Empty>} />
      </Section>
      <Section title={t('inspections.find')}><Find /></Section>
    </Page>
  );
}

function Find() {
  const { t } = useTranslation('quality');
  const navigate = useNavigate();
  return (
    <Form<{ gtin: string; lot: string }> layout="vertical" onFinish={({ gtin, lot }) => navigate(`/quality/inspections/${gtin.trim()}/${encodeURIComponent(lot.trim())}`)} style={{ maxWidth: 560 }}>
      <Flex gap={12} align="end" wrap>
        <Form.Item name="gtin" label={t('gtin')} rules={[{ required: true, pattern: /^\s*(\d{8}|\d{12,14})\s*$/, message: t('inspections.gtinWrong') }]}><Input inputMode="numeric" className="id" maxLength={14} /></Form.Item>
        <Form.Item name="lot" label={t('lot')} rules={[{ required: true, whitespace: true, message: t('needed') }]}><Input className="id" maxLength={20} /></Form.Item>
        <Form.Item><Button htmlType="submit">{t('inspections.open')}</Button></Form.Item>
      </Flex>
    </Form>
  );
}
