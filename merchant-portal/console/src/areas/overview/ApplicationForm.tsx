import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Alert, Button, DatePicker, Flex, Form, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '@/api/client';
import { useCan, useMe } from '@/app/session';
import { useLedgerWrite } from '@/ui/useWrite';
import { WillStand } from '@/ui/WillStand';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import { DocumentDrop } from './DocumentDrop';

type Application = Schemas['NewApplication'];
type Licence = Schemas['Licence'];

const day = { getValueProps: (v?: string) => ({ value: v ? dayjs(v) : null }), normalize: (v?: dayjs.Dayjs | null) => v?.format('YYYY-MM-DD') };

// What is not filled in is not sent.
function trimmed(values: Application): Application {
  const licences = values.licences.map((l) => Object.fromEntries(Object.entries(l).filter(([, v]) => v)) as Licence);
  return { licences, prefixes: values.prefixes?.map((p) => p.trim()).filter(Boolean), note: values.note?.trim() || undefined };
}

// ApplicationForm asks for licences with their documents, and for the company prefixes under which goods will be registered.
export function ApplicationForm({ before }: { before?: Schemas['Application'] }) {
  const { t } = useTranslation('overview');
  const { role, roles } = useMe();
  const can = useCan();
  const [form] = Form.useForm<Application>();
  const makes = role === 'producer' || roles.includes('producer') || role === 'applicant';
  const values = Form.useWatch([], form) as Partial<Application> | undefined;
  const write = useLedgerWrite('apply', {
    send: (body: Application, header) => api.POST('/api/v1/me/application', { body, params: { header } }),
    form, refresh: [['me'], ['overview']],
  });
  if (!can('apply')) return <p className="quiet">{t('application.ownersOnly')}</p>;
  const first: Application = { licences: before?.licences?.length ? before.licences : [{ kind: t('application.businessLicence'), issuer: '', number: '' }], prefixes: before?.prefixes ?? [], note: '' };
  return (
    <Form form={form} layout="vertical" initialValues={first} onFinish={(v: Application) => void write.run(trimmed(v))} style={{ maxWidth: 720 }} scrollToFirstError={{ focus: true }}>
      <WriteNote write={write} />
      {write.done && <Alert type="success" showIcon role="status" style={{ marginBottom: 16 }} title={t('application.kept')} description={t('application.keptWhy')} />}
      <Form.List name="licences">
        {(fields, { add, remove }) => <>
          {fields.map((f) => (
            <fieldset key={f.key} className="hairline" style={{ padding: 16, margin: '0 0 16px' }}>
              <Flex justify="space-between" align="center"><legend style={{ padding: 0, fontWeight: 600 }}>{t('application.licence', { n: f.name + 1 })}</legend>
                {fields.length > 1 && <Button type="text" icon={<DeleteOutlined />} aria-label={t('application.remove', { n: f.name + 1 })} onClick={() => remove(f.name)} />}</Flex>
              <Form.Item name={[f.name, 'documentHash']} label={t('application.document')} rules={[{ required: true, message: t('application.documentNeeded') }]}><DocumentDrop /></Form.Item>
              <div className="pair">
                <Form.Item name={[f.name, 'kind']} label={t('application.kind')} rules={[{ required: true, whitespace: true, message: t('application.needed') }]}><Input maxLength={100} /></Form.Item>
                <Form.Item name={[f.name, 'number']} label={t('application.number')} rules={[{ required: true, whitespace: true, message: t('application.needed') }]}><Input className="id" maxLength={100} /></Form.Item>
                <Form.Item name={[f.name, 'issuer']} label={t('application.issuer')} rules={[{ required: true, whitespace: true, message: t('application.needed') }]}><Input maxLength={100} /></Form.Item>
                <Form.Item name={[f.name, 'validTo']} label={t('application.validTo')} extra={t('application.validToWhy')} {...day}><DatePicker style={{ width: '100%' }} minDate={dayjs()} /></Form.Item>
              </div>
            </fieldset>
          ))}
          <Button icon={<PlusOutlined />} onClick={() => add({ kind: '', issuer: '', number: '' })} style={{ marginBottom: 24 }}>{t('application.add')}</Button>
        </>}
      </Form.List>
      {makes && (
        <Form.Item name="prefixes" label={t('application.prefixes')} extra={t('application.prefixesWhy')}
          rules={[{ validator: (_, v: string[] = []) => (v.every((p) => /^\d{4,12}$/.test(p)) ? Promise.resolve() : Promise.reject(new Error(t('application.prefixesWrong')))) }]}>
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[' ', ',', '，', '、']} />
        </Form.Item>
      )}
      <Form.Item name="note" label={t('application.note')}><Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} /></Form.Item>
      <WillStand stands={write.stands} values={{ licences: values?.licences?.length ?? 0, prefixes: values?.prefixes?.join('、') }} />
      <WriteButton write={write}>{t('application.send')}</WriteButton>
    </Form>
  );
}
