import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { answer, api } from '@/api/client';
import { Page, Section } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { said } from './words';

// Batches that wait for an inspection, and the way to any other one.
export function Component() {
  const { t } = useTranslation('quality');
  const overview = useQuery({ queryKey: ['overview'], queryFn: () => answer(api.GET('/api/v1/overview')) });
  const waiting = overview.data?.groups.find((g) => g.kind === 'inspection');
  return (
    <Page title={t('inspections.title')} help={t('inspections.help')}>
      <ProblemNote error={overview.error} retry={() => void overview.refetch()} />
      <Section title={t('inspections.waiting', { count: waiting?.count ?? 0 })}>
        {waiting ? (
          <ul className="lines hairline" style={{ paddingTop: 8 }}>
            {waiting.tasks.map((w) => (
              <li key={`${w.gtin}/${w.lot}`}><Link to={`/quality/inspections/${w.gtin}/${encodeURIComponent(w.lot ?? '')}`}>{said(w.name)} · <span className="id">{w.lot}</span></Link><span className="quiet id">{w.gtin}</span></li>))}
          </ul>
        ) : <p className="quiet">{t('inspections.none')}</p>}
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
