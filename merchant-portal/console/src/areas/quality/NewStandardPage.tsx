import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { api } from '@/api/client';
import { Waiting } from '@/app/Waiting';
import { Beside } from '@/ui/Beside';
import { Page, Section } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { joined } from '@/ui/said';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand, type Fact } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import { standardQuery } from './queries';
import { aqls, bodyOf, defectClasses, levels, limitsOf, measured, type Standard, type Values, valuesOf } from './standard';
import { StandardItems } from './StandardItems';
import { said } from './words';

// Component registers a standard, or with ?from= its next version.
export function Component() {
  const { t } = useTranslation('quality');
  const from = useSearchParams()[0].get('from') ?? '';
  const before = useQuery(standardQuery(from));
  return (
    <Page title={from ? t('standards.revising', { id: from }) : t('standards.new')} crumbs={[{ title: t('standards.title'), to: '/quality/standards' }]} help={t('standards.newHelp')}>
      <ProblemNote error={before.error} retry={() => void before.refetch()} />
      {from && before.isPending && <Waiting />}
      {(!from || before.data) && <StandardForm key={from} before={before.data} />}
    </Page>
  );
}

function StandardForm({ before }: { before?: Standard }) {
  const { t } = useTranslation('quality');
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const values = (Form.useWatch([], form) ?? {}) as Partial<Values>;
  const version = (before?.version ?? 0) + 1;
  const open = (_: unknown, v: Values) => navigate(`/quality/standards/${encodeURIComponent(v.id.trim())}`, { replace: true });
  const write = useLedgerWrite('registerStandard', {
    send: (v: Values, header) => api.POST('/api/v1/standards', { body: bodyOf(v, version), params: { header } }),
    form, refresh: [['standards'], ['plan']], onDone: open, onSettled: open,
  });
  const needed = [{ required: true, whitespace: true, message: t('needed') }];
  return (
    <Form form={form} layout="vertical" initialValues={valuesOf(before)} onFinish={(v) => void write.run(v)} scrollToFirstError={{ focus: true }} disabled={write.busy}>
      <Beside stands={<WillStand stands={write.stands} values={{ id: values.id?.trim(), version, count: values.items?.length ?? 0 }} facts={useFacts(values)} />}
        send={<WriteButton write={write}>{t('standards.send')}</WriteButton>}>
        <WriteNote write={write} />
        <div className="pair">
          <Form.Item name="id" label={t('standards.id')} extra={t('standards.idRules')} rules={[...needed, { pattern: /^\s*[A-Z0-9-]{6,40}\s*$/, message: t('standards.idRules') }]}><Input className="id" maxLength={40} disabled={!!before} /></Form.Item>
          <Form.Item name="category" label={t('standards.category')} extra={t('standards.categoryWhy')} rules={needed}><Input maxLength={100} /></Form.Item>
          <Form.Item name={['name', 'zh-CN']} label={t('standards.nameZh')} rules={needed}><Input lang="zh-CN" maxLength={200} /></Form.Item>
          <Form.Item name={['name', 'en']} label={t('standards.nameEn')} rules={needed}><Input lang="en" maxLength={200} /></Form.Item>
        </div>
        <Form.Item name="level" label={t('standards.level')} extra={t('standards.levelWhy')}><Select style={{ maxWidth: 240 }} options={levels.map((value) => ({ value, label: value }))} /></Form.Item>
        <Section title={t('standards.limits')}>
          <p className="quiet" style={{ marginTop: 0 }}>{t('standards.limitsWhy')}</p>
          <div className="pair">{defectClasses.map((c) => (
            <Form.Item key={c} name={['limits', c]} label={t('standards.aql', { class: t(`defect.${c}`) })} dependencies={['items']}
              rules={[({ getFieldValue }) => ({ validator: (_, aql?: string) => (aql || !((getFieldValue('items') ?? []) as Values['items']).some((i) => i?.class === c) ? Promise.resolve() : Promise.reject(new Error(t('standards.aqlMissing')))) })]}>
              <Select allowClear showSearch placeholder={t('standards.aqlNone')} options={aqls.map((value) => ({ value, label: value }))} />
            </Form.Item>))}</div>
        </Section>
        <Section title={t('standards.items')}><StandardItems /></Section>
        <Form.Item name="mayReduce" label={t('standards.mayReduce')} extra={t('standards.mayReduceWhy')} valuePropName="checked"><Switch /></Form.Item>
      </Beside>
    </Form>
  );
}

// useFacts says in words what the standard will say.
function useFacts(v: Partial<Values>): Fact[] {
  const { t } = useTranslation('quality');
  const items = (v.items ?? []).filter((i) => i?.name?.['zh-CN'] || i?.id);
  return [
    { label: t('standards.name'), value: v.name && said({ 'zh-CN': v.name['zh-CN'] ?? '', en: v.name.en ?? '' }) },
    { label: t('standards.category'), value: v.category },
    { label: t('standards.level'), value: v.level },
    { label: 'AQL', value: joined(defectClasses.flatMap((c) => (v.limits?.[c] ? [`${t(`defect.${c}`)} ${v.limits[c]}`] : []))) },
    ...items.map((i) => ({ label: said({ 'zh-CN': i.name?.['zh-CN'] || i.id || '', en: i.name?.en ?? '' }),
      value: `${t(`defect.${i.class ?? 'major'}`)} · ${measured(i) ? limitsOf(i) : t('standards.looked')}` })),
    { label: t('standards.mayReduce'), value: t(v.mayReduce ? 'standards.yes' : 'standards.no') },
  ];
}
