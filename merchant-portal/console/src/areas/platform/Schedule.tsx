import { Button, DatePicker, Form, Popover, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '@/api/client';
import { said } from '@/ui/said';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';

type Values = { riskClass: Schemas['RiskClass']; next?: dayjs.Dayjs };
const days = { low: 360, medium: 180, high: 90 } as const;

// Schedule sets how often a party is checked; the next check may be brought forward, not put off.
export function Schedule({ party }: { party: Schemas['Party'] }) {
  const { t } = useTranslation('platform');
  const [form] = Form.useForm<Values>();
  const risk = Form.useWatch('riskClass', form) ?? 'low';
  const write = useLedgerWrite('scheduleChecks', {
    form,
    send: ({ riskClass, next }: Values) => api.PUT('/api/v1/parties/{id}/schedule', { body: { riskClass, nextCheckDue: next?.format('YYYY-MM-DD') }, params: { path: { id: party.id } } }),
    refresh: [['parties', party.id], ['standings']],
  });
  return (
    <Popover trigger="click" content={(
      <Form form={form} layout="vertical" style={{ width: 280 }} initialValues={{ riskClass: party.riskClass ?? 'low' }} onFinish={(values) => void write.run(values)}>
        <WriteNote write={write} />
        <Form.Item name="riskClass" label={t('schedule.risk')}><Select options={(['low', 'medium', 'high'] as const).map((r) => ({ value: r, label: t(`schedule.${r}`) }))} /></Form.Item>
        <Form.Item name="next" label={t('schedule.next')} extra={t('schedule.nextWhy', { count: days[risk] })}><DatePicker style={{ width: '100%' }} minDate={dayjs()} maxDate={dayjs().add(days[risk], 'day')} /></Form.Item>
        <WillStand stands={write.stands} values={{ party: said(party.name), risk: t(`schedule.${risk}`) }} />
        <WriteButton write={write} size="small">{t('schedule.set')}</WriteButton>
      </Form>
    )}><Button>{t('schedule.title')}</Button></Popover>
  );
}
