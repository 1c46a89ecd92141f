import { Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '@/api/client';
import { useCan } from '@/app/session';
import { useWrite } from '@/ui/useWrite';
import { WriteButton, WriteNote } from '@/ui/WriteButton';

// ComplaintAdmission says that a complaint counts in no verdict yet, and lets the platform change that.
export function ComplaintAdmission({ complaint: c }: { complaint: Schemas['Complaint'] }) {
  const { t } = useTranslation('platform');
  const can = useCan();
  const write = useWrite({
    send: (_: object, header) => api.POST('/api/v1/complaints/{id}/admission', { params: { path: { id: c.id }, header } }),
    refresh: [['complaints']],
  });
  return (
    <Form layout="vertical" style={{ maxWidth: 640 }} onFinish={() => void write.run({})}>
      <WriteNote write={write} />
      <p>{t('admission.why')}</p>
      {can('admitComplaint') && <WriteButton write={write}>{t('admission.admit')}</WriteButton>}
    </Form>
  );
}
