import { PlusOutlined } from '@ant-design/icons';
import { Button, DatePicker, Form, Input, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { PartyPicker } from '@/ui/PartyPicker';
import { most } from './body';
import { Row } from './Row';
import { Tongues } from './Tongues';

const address = /^\s*https:\/\/[^\s\\/@:]+\.[^\s\\/@:.]+(\/[^\s\\]*)?(\?[^\s\\]*)?\s*$/i;

function Address({ at }: { at: number }) {
  const { t } = useTranslation('presentation');
  return (
    <Form.Item name={[at, 'url']} label={t('url')} rules={[{ required: true, message: t('urlMissing') }, { pattern: address, message: t('urlWrong') }, { max: 500, message: t('tooLong', { max: 500 }) }]}>
      <Input inputMode="url" autoCapitalize="off" spellCheck={false} placeholder="https://" />
    </Form.Item>
  );
}

// Videos are links to videos and live streams; we never open them.
export function Videos() {
  const { t } = useTranslation('presentation');
  const form = Form.useFormInstance();
  return (
    <Form.List name="videos">{(rows, { add, remove, move }) => <>
      {rows.map(({ key, name: at }) => (
        <Row key={key} label={t('videoNo', { number: at + 1 })} at={at} of={rows.length} move={move} remove={remove}>
          <Tongues name={[at, 'title']} list={['videos']} label={t('linkTitle')} max={most.label} needed />
          <Address at={at} />
          <div className="pair">
            <Form.Item name={[at, 'live']} label={t('live')} valuePropName="checked"><Switch /></Form.Item>
            <Form.Item noStyle dependencies={[['videos', at, 'live']]}>{() => (form.getFieldValue(['videos', at, 'live']) as boolean) && (
              <Form.Item name={[at, 'startsAt']} label={t('startsAt')}><DatePicker showTime={{ format: 'HH:mm' }} format="YYYY-MM-DD HH:mm" style={{ width: '100%' }} /></Form.Item>)}</Form.Item>
          </div>
        </Row>
      ))}
      <Button icon={<PlusOutlined />} disabled={rows.length >= most.videos} onClick={() => add({ live: false })}>{t('videoAdd')}</Button>
    </>}</Form.List>
  );
}

// BuyLinks lead to where the product is sold, by the brand itself or by a seller it names; `own` where a seller names itself alone.
export function BuyLinks({ name = 'buy', own }: { name?: string; own?: boolean }) {
  const { t } = useTranslation('presentation');
  return (
    <Form.List name={name}>{(rows, { add, remove, move }) => <>
      {rows.map(({ key, name: at }) => (
        <Row key={key} label={t('buyNo', { number: at + 1 })} at={at} of={rows.length} move={move} remove={remove}>
          <Tongues name={[at, 'label']} list={[name]} label={t('linkTitle')} max={most.label} needed />
          <Address at={at} />
          {!own && <Form.Item name={[at, 'seller']} label={t('seller')} extra={t('sellerHelp')}><PartyPicker /></Form.Item>}
        </Row>
      ))}
      <Button icon={<PlusOutlined />} disabled={rows.length >= most.buy} onClick={() => add({})}>{t('buyAdd')}</Button>
      <p className="quiet" style={{ marginTop: 8 }}>{!own && t('buyHelp')}</p>
    </>}</Form.List>
  );
}
