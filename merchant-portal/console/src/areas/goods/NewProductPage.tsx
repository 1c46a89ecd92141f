import { useQuery } from '@tanstack/react-query';
import { AutoComplete, Flex, Form, Input, InputNumber, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { answer, api, type Schemas } from '@/api/client';
import { useMe } from '@/app/session';
import { Beside } from '@/ui/Beside';
import { Page } from '@/ui/Page';
import { joined, said } from '@/ui/said';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import { checkDigit, gtin14, gtinFault, plain, under } from './gtin';
import { partyQuery, takenQuery } from './queries';

type NewProduct = Schemas['NewProduct'];

// Component registers a product. Everything that can be known while one types is said while one types.
export function Component() {
  const { t } = useTranslation('goods');
  const me = useMe();
  const navigate = useNavigate();
  const [form] = Form.useForm<NewProduct>();
  const values = Form.useWatch([], form) as Partial<NewProduct> | undefined;
  const typed = values?.gtin ?? '';
  const whole = gtinFault(typed) === null ? gtin14(typed) : '';
  const party = useQuery(partyQuery(me.party));
  const taken = useQuery(takenQuery(whole));
  const mine = useQuery({ queryKey: ['products', me.party, 'latest'], queryFn: () => answer(api.GET('/api/v1/products', { params: { query: { owner: me.party, sort: '-registeredAt', limit: 100 } } })) });
  const write = useLedgerWrite('registerProduct', {
    send: (body: NewProduct, key) => api.POST('/api/v1/products', { body: { ...body, gtin: plain(body.gtin) }, params: { header: key } }),
    form, refresh: [['products']], onDone: (_, p) => navigate(`/goods/${gtin14(p.gtin)}`, { replace: true }), onSettled: (_, p) => navigate(`/goods/${gtin14(p.gtin)}`, { replace: true }),
  });
  const prefixes = [...(party.data?.prefixes ?? []), ...(party.data?.authorisations ?? []).map((a) => a.prefix)];
  const foreign = whole !== '' && party.isSuccess && !prefixes.some((p) => under(whole, p));
  const fault = gtinFault(typed);
  const remark = fault === 'check' ? t('gtinFault.check', { digit: checkDigit(plain(typed).slice(0, -1)) })
    : fault && plain(typed).length >= 8 ? t(`gtinFault.${fault}`)
    : taken.data ? t(taken.data.owner === me.party ? 'gtinMine' : 'gtinTaken')
    : foreign ? t('gtinPrefix', { prefixes: joined(prefixes) || '—' }) : '';
  const distinct = (of: (p: Schemas['Product']) => string | undefined) => [...new Set((mine.data?.items ?? []).map(of).filter(Boolean))].map((value) => ({ value: value as string }));
  return (
    <Page title={t('newProduct')} crumbs={[{ title: t('title'), to: '/goods' }]}>
      <Form form={form} layout="vertical" onFinish={(v) => void write.run(v)} scrollToFirstError={{ focus: true }} disabled={write.busy} initialValues={{ inspectionRequired: false }}>
        <Beside send={<WriteButton write={write} disabled={!!taken.data || foreign}>{t('register')}</WriteButton>}
          stands={<WillStand stands={write.stands} facts={[
            { label: t('gtin'), value: whole && <span className="id">{whole}</span> },
            { label: t('name'), value: values?.name && said(values.name) },
            { label: t('nameEn'), value: values?.name?.en },
            { label: t('brand'), value: values?.brand },
            { label: t('specification'), value: values?.specification },
            { label: t('shelfLife'), value: values?.shelfLifeDays ? t('daysCount', { count: values.shelfLifeDays }) : t('noExpiry') },
            { label: t('owner'), value: party.data ? said(party.data.name) : me.party },
          ]} />}>
          <WriteNote write={write} />
          <Form.Item name="gtin" label={t('gtin')} required validateFirst hasFeedback={whole !== '' && !remark} validateStatus={whole && !remark ? 'success' : remark ? 'error' : undefined}
            help={remark ? <>{remark} {taken.data && <Link to={`/goods/${whole}`}>{t('open')}</Link>}</> : undefined} extra={t('gtinExtra', { prefixes: joined(prefixes) || '—' })}
            rules={[{ validator: (_, v: string) => (gtinFault(v ?? '') === null ? Promise.resolve() : Promise.reject(new Error(t(`gtinFault.${gtinFault(v ?? '') ?? 'short'}`, { digit: checkDigit(plain(v ?? '').slice(0, -1)) })))) }]}>
            <Input inputMode="numeric" autoComplete="off" autoFocus maxLength={20} className="id" />
          </Form.Item>
          <Form.Item name={['name', 'zh-CN']} label={t('nameZh')} rules={[{ required: true, whitespace: true, message: t('nameMissing') }, { max: 200, message: t('tooLong', { max: 200 }) }]}><Input /></Form.Item>
          <Form.Item name={['name', 'en']} label={t('nameEn')} rules={[{ max: 200, message: t('tooLong', { max: 200 }) }]}><Input lang="en" /></Form.Item>
          <Form.Item name="brand" label={t('brand')} rules={[{ required: true, whitespace: true, message: t('brandMissing') }, { max: 100, message: t('tooLong', { max: 100 }) }]}><AutoComplete options={distinct((p) => p.brand)} /></Form.Item>
          <Flex gap={16} wrap>
            <Form.Item name="specification" label={t('specification')} style={{ flex: '1 1 200px' }}><Input placeholder="30ml" maxLength={100} /></Form.Item>
            <Form.Item name="category" label={t('category')} style={{ flex: '1 1 200px' }}><AutoComplete options={distinct((p) => p.category)} maxLength={100} /></Form.Item>
          </Flex>
          <Flex gap={16} wrap>
            <Form.Item name="origin" label={t('origin')} style={{ flex: '1 1 200px' }}><AutoComplete options={distinct((p) => p.origin)} maxLength={100} /></Form.Item>
            <Form.Item name="shelfLifeDays" label={t('shelfLife')} extra={t('shelfLifeExtra')} style={{ flex: '1 1 200px' }}><InputNumber min={1} max={36500} precision={0} suffix={t('days')} style={{ width: '100%' }} /></Form.Item>
          </Flex>
          <Form.Item name="inspectionRequired" label={t('inspection')} valuePropName="checked" extra={t('inspectionExtra')}><Switch /></Form.Item>
        </Beside>
      </Form>
    </Page>
  );
}
