import { Button, Form, Input, Modal, Rate } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schemas } from '@/api/client';
import type { operations } from '@/api/schema.gen';
import { useCan } from '@/app/session';
import { DataTable } from '@/ui/DataTable';
import { Empty } from '@/ui/Empty';
import { paging } from '@/ui/listState';
import { Page } from '@/ui/Page';
import { ProductName } from '@/ui/ProductName';
import { Time } from '@/ui/Time';
import { useWrite } from '@/ui/useWrite';
import { WriteButton, WriteNote } from '@/ui/WriteButton';

type Review = Schemas['Review'];
type ReviewSort = NonNullable<operations['listReviews']['parameters']['query']>['sort'];

// What shoppers say of what the party sold; each may be answered once.
export function Component() {
  const { t } = useTranslation('quality');
  const can = useCan();
  const [chosen, setChosen] = useState<Review>();
  return (
    <Page title={t('reviews.title')} help={t('reviews.help')}>
      <DataTable<Review>
        name={t('reviews.title')}
        queryKey={['reviews']}
        list={(p) => answer(api.GET('/api/v1/reviews', { params: { query: { ...paging(p), sort: p.sort as ReviewSort, rating: p.rating ? Number(p.rating) : undefined, answer: p.answer as 'given' | undefined } } }))}
        rowKey={(r) => r.id}
        search={t('reviews.search')} views="reviews"
        filters={[
          { name: 'answer', label: t('reviews.answer'), options: (['missing', 'given'] as const).map((v) => ({ value: v, label: t(`reviews.${v}`) })) },
          { name: 'rating', label: t('reviews.rating'), options: [5, 4, 3, 2, 1].map((n) => ({ value: String(n), label: t('reviews.stars', { count: n }) })) },
        ]}
        columns={[
          { key: 'goods', title: t('reviews.goods'), render: (r) => <><ProductName gtin={r.gtin} /> <span className="id">{r.lot}</span></> },
          { key: 'rating', title: t('reviews.rating'), sort: 'rating', render: (r) => <><Rate disabled value={r.rating} style={{ fontSize: 14, color: 'var(--ink)' }} aria-hidden="true" /> <span className="figure">{t('reviews.stars', { count: r.rating })}</span></> },
          { key: 'text', title: t('reviews.text'), render: (r) => <div style={{ maxWidth: 420, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{r.text}{r.sameAs && <div className="quiet">{t('reviews.same')}</div>}{r.answer && <div className="quiet">{t('reviews.answered')} {r.answer}</div>}</div> },
          { key: 'at', title: t('reviews.at'), sort: 'at', render: (r) => <Time at={r.at} /> },
        ]}
        rowActions={(r) => !r.answer && can('answerReview') && <Button size="small" onClick={() => setChosen(r)}>{t('reviews.answer')}</Button>}
        empty={<Empty>{t('reviews.none')}</Empty>}
      />
      <Modal open={!!chosen} title={t('reviews.answer')} footer={null} onCancel={() => setChosen(undefined)} destroyOnHidden>{chosen && <Answer review={chosen} done={() => setChosen(undefined)} />}</Modal>
    </Page>
  );
}

function Answer({ review, done }: { review: Review; done: () => void }) {
  const { t } = useTranslation('quality');
  const [form] = Form.useForm<{ text: string }>();
  const write = useWrite({
    send: (body: { text: string }, header) => api.POST('/api/v1/reviews/{id}/answer', { body, params: { path: { id: review.id }, header } }),
    form, refresh: [['reviews']], onDone: done,
  });
  return (
    <Form form={form} layout="vertical" onFinish={(v) => void write.run(v)}>
      <WriteNote write={write} />
      <p style={{ whiteSpace: 'pre-wrap' }}>{review.text}</p>
      <Form.Item name="text" label={t('reviews.words')} extra={t('reviews.once')} rules={[{ required: true, whitespace: true, message: t('needed') }]}><Input.TextArea maxLength={1000} autoSize={{ minRows: 3 }} /></Form.Item>
      <WriteButton write={write}>{t('reviews.answer')}</WriteButton>
    </Form>
  );
}
