import { Button, Flex, Tooltip } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQueryClient } from '@tanstack/react-query';
import { Intent } from '@/api/intent';
import { JobProgress } from '@/ui/JobProgress';
import { ProblemNote } from '@/ui/Problem';
import { save } from '@/ui/Download';
import { type Choice, isList, orderOf } from './order';
import { printed } from './print';

// PrintButtons prints one to try, then all. Pressed twice it is one order; what takes long is followed here and in the list.
export function PrintButtons({ choice, batch, quantity }: { choice: Choice; batch: { gtin: string; lot: string }; quantity: number }) {
  const { t } = useTranslation('labels');
  const queries = useQueryClient();
  const intent = useRef(new Intent());
  const [busy, setBusy] = useState<'' | 'trial' | 'all'>('');
  const [error, setError] = useState<unknown>();
  const [job, setJob] = useState('');
  const print = async (trial: boolean) => {
    const order = orderOf(choice, trial);
    setBusy(trial ? 'trial' : 'all');
    setError(undefined);
    setJob('');
    try {
      const done = await printed(batch.gtin, batch.lot, order, intent.current.keyFor({ batch, order }));
      intent.current.happened();
      if (!trial) void queries.invalidateQueries({ queryKey: ['batches'] });
      if ('job' in done) {
        setJob(done.job);
        await queries.invalidateQueries({ queryKey: ['jobs'] });
      } else save(done.file, done.name);
    } catch (e) {
      setError(e);
    } finally {
      setBusy('');
    }
  };
  const count = choice.units === 'range' ? choice.last - choice.first + 1 : choice.units === 'codes' ? choice.codes.length : quantity;
  return (
    <>
      <ProblemNote error={error} retry={() => void print(false)} />
      <Flex gap={8} wrap>
        {!isList(choice.format) && <Tooltip title={t('trialWhy')}><Button loading={busy === 'trial'} disabled={busy !== ''} onClick={() => void print(true)}>{t('trial')}</Button></Tooltip>}
        <Button type="primary" loading={busy === 'all'} disabled={busy !== '' || count < 1} onClick={() => void print(false)}>{t('print', { count })}</Button>
      </Flex>
      {job && <div className="hairline" style={{ padding: 16, marginTop: 16 }}><JobProgress key={job} id={job} /></div>}
    </>
  );
}
