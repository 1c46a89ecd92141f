import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Flex, Form } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { asProblem } from '@/api/problem';
import { Section } from '@/ui/Page';
import { Time } from '@/ui/Time';
import { useWrite } from '@/ui/useWrite';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import type { Product } from '../queries';
import { type Content, contentOf, most, type Values, valuesOf } from './body';
import { BuyLinks, Videos } from './Links';
import { Phone } from './Phone';
import { Pictures } from './Pictures';
import { type Presentation, presentationQuery } from './queries';
import { Tongues } from './Tongues';
import { useLook } from './useLook';
import { forget, Versions } from './Versions';

// Editor begins with what was not saved last time, else with the newest version. Nothing that is typed is lost when the page is left.
export function Editor({ product, kept }: { product: Product; kept: Presentation }) {
  const { t } = useTranslation('presentation');
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const { gtin } = product;
  const newest = kept.versions[0];
  const [begun] = useState(() => valuesOf(kept.unsaved?.content ?? newest?.content));
  const [unsaved, setUnsaved] = useState(kept.unsaved?.at);
  const [at, setAt] = useState('');
  const seen = useRef(newest?.version ?? 0); // the newest version that this form knows of
  const { look, write, hold, show } = useLook(gtin, kept.unsaved?.preview ?? newest?.preview ?? '');
  const fill = (content: Content | undefined) => form.setFieldsValue(valuesOf(content));
  // A check that another one overtook is refused without a fault of its own: it is made again.
  const check = () => form.validateFields({ validateOnly: true });
  const looked = () => void check().catch((e: { errorFields?: unknown[] }) => (e.errorFields?.length ? Promise.reject(e) : check())).then(() => write(form.getFieldsValue(true) as Values), hold);

  const save = useWrite({
    send: ({ values, draft, after }: { values: Values; draft: boolean; after: number }) =>
      api.PUT('/api/v1/products/{gtin}/presentation', { params: { path: { gtin } }, body: { ...contentOf(values), draft, ...(after ? { after } : {}) } }),
    form,
    onDone: (now) => {
      seen.current = now.versions[0]?.version ?? 0;
      setUnsaved(undefined);
      show(now.versions[0]?.preview ?? '');
      queries.setQueryData(presentationQuery(gtin).queryKey, now);
    },
  });
  const saveAs = async (draft: boolean) => {
    const valid = await form.validateFields().catch(() => null);
    const wrong = form.getFieldsError().find((f) => f.errors.length > 0);
    if (!valid) return wrong && form.scrollToField(wrong.name, { focus: true });
    await save.run({ values: form.getFieldsValue(true) as Values, draft, after: seen.current });
  };
  // theirs drops what is here for what a colleague saved meanwhile; mine goes on from it.
  const now = async () => answer(api.GET('/api/v1/products/{gtin}/presentation', { params: { path: { gtin } } }));
  const take = async () => {
    await forget(gtin);
    const theirs = await now();
    queries.setQueryData(presentationQuery(gtin).queryKey, theirs);
    seen.current = theirs.versions[0]?.version ?? 0;
    fill(theirs.versions[0]?.content);
    show(theirs.versions[0]?.preview ?? '');
    setUnsaved(undefined);
    save.reset();
  };
  const mine = async () => { seen.current = (await now()).versions[0]?.version ?? 0; await saveAs(false); };
  const clash = save.error !== undefined && asProblem(save.error).code === 'CHANGED_MEANWHILE';
  const host = look.preview ? new URL(look.preview).origin : '';
  const part = (name: string) => ({ onFocus: () => setAt(name) });
  return (
    <>
      <Flex gap={40} wrap align="start">
        <Form form={form} layout="vertical" initialValues={begun} onValuesChange={looked} disabled={save.busy} style={{ flex: '1 1 420px', maxWidth: 620, minWidth: 0 }}>
          {kept.hiddenWhy && <Alert type="error" showIcon style={{ marginBottom: 16 }} title={t('hidden')} description={kept.hiddenWhy} />}
          {unsaved && <Alert type="info" showIcon style={{ marginBottom: 16 }} title={<>{t('unsaved')} <Time at={unsaved} /></>} action={<Button size="small" onClick={() => void take()}>{t('dropUnsaved')}</Button>} />}
          <div {...part('story')}><Section title={t('story')}><Tongues name={['story']} label={t('story')} max={most.story} rows={5} /><p className="quiet" style={{ marginTop: -12 }}>{t('storyHelp')}</p></Section></div>
          <div {...part('pictures')}><Section title={t('pictures')}><Pictures name={product.name} host={host} changed={looked} /></Section></div>
          <div {...part('videos')}><Section title={t('videos')}><Videos /></Section></div>
          <div {...part('buy')}><Section title={t('buy')}><BuyLinks /></Section></div>
          <WriteNote write={save} />
          {clash && <Flex gap={8} wrap style={{ marginBottom: 16 }}><Button onClick={() => void mine()}>{t('clashMine')}</Button><Button onClick={() => void take()}>{t('clashTheirs')}</Button></Flex>}
          <Flex gap={8} wrap align="center">
            <WriteButton write={save} onClick={() => void saveAs(false)}>{t('publish')}</WriteButton>
            <Button disabled={save.busy} onClick={() => void saveAs(true)}>{t('saveDraft')}</Button>
            <span className="quiet" role="status">{save.done ? t(newest && kept.shown === newest.version ? 'published' : 'drafted') : t(kept.shown ? 'shownVersion' : 'shownNone', { number: kept.shown })}</span>
          </Flex>
        </Form>
        <div style={{ position: 'sticky', top: 72, maxWidth: '100%' }}><Phone look={look} at={at} /></div>
      </Flex>
      <div style={{ marginTop: 40 }}><Section title={t('versions')}><Versions kept={kept} take={(content, preview) => { fill(content); setUnsaved(undefined); if (preview) looked(); window.scrollTo({ top: 0 }); }} /></Section></div>
    </>
  );
}
