import { PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Form, Upload } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import { Intent } from '@/api/intent';
import { ProblemNote } from '@/ui/Problem';
import { most } from './body';
import { Row } from './Row';
import { Tongues } from './Tongues';

const largest = 8 * 1024 * 1024; // bytes; the gateway refuses larger ones

// Pictures uploads pictures, in the order in which shoppers see them, each with what it shows. `host` is where kept ones are.
export function Pictures({ name, host, changed }: { name: Schemas['EitherText']; host: string; changed: () => void }) {
  const { t } = useTranslation('presentation');
  const form = Form.useFormInstance();
  const [fresh, setFresh] = useState<Record<string, string>>({}); // what was uploaded just now, by id
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [fault, setFault] = useState('');
  const intent = useRef(new Intent());
  const upload = async (file: File, add: (v: unknown) => void) => {
    setFault(file.size > largest ? t('pictureLarge') : '');
    setError(undefined);
    if (file.size > largest) return;
    setBusy(true);
    try {
      const kept = await answer(api.POST('/api/v1/pictures', {
        body: { file: file as unknown as string }, params: { header: { 'Idempotency-Key': intent.current.keyFor([file.name, file.size, file.lastModified]) } },
        bodySerializer: () => { const body = new FormData(); body.append('file', file); return body; },
      }));
      intent.current.happened();
      if ((form.getFieldValue('pictures') as { id: string }[] | undefined)?.some((p) => p.id === kept.id)) return setFault(t('pictureTwice'));
      setFresh((old) => ({ ...old, [kept.id]: URL.createObjectURL(file) }));
      add({ id: kept.id, alt: { 'zh-CN': name['zh-CN'], en: name.en } });
      changed();
    } catch (e) {
      setError(e);
    } finally {
      setBusy(false);
    }
  };
  const source = (id: string) => fresh[id] ?? (host && `${host}/pictures/${id}-s.jpg`);
  return (
    <Form.List name="pictures">{(rows, { add, remove, move }) => <>
      {rows.map(({ key, name: at }) => (
        <Row key={key} label={t('pictureNo', { number: at + 1 })} at={at} of={rows.length} move={move} remove={remove}>
          <Flex gap={16} wrap align="start">
            <img alt="" src={source(form.getFieldValue(['pictures', at, 'id']) as string)} width={72} height={72} style={{ objectFit: 'cover', borderRadius: 8, background: 'var(--fill)' }} />
            <div style={{ flex: '1 1 240px', minWidth: 0 }}><Tongues name={[at, 'alt']} list={['pictures']} label={t('alt')} max={most.alt} needed /></div>
          </Flex>
        </Row>
      ))}
      {fault && <p role="alert" style={{ color: 'var(--red)' }}>{fault}</p>}
      <ProblemNote error={error} />
      <Upload accept="image/jpeg,image/png,image/webp" showUploadList={false} disabled={busy || rows.length >= most.pictures} beforeUpload={(file) => { void upload(file, add); return false; }}>
        <Button icon={<PlusOutlined />} loading={busy} disabled={rows.length >= most.pictures}>{t('pictureAdd')}</Button>
      </Upload>
      <p className="quiet" style={{ marginTop: 8 }}>{t('pictureHelp', { max: most.pictures })}</p>
    </>}</Form.List>
  );
}
