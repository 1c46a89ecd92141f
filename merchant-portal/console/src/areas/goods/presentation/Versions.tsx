import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { StatusTag } from '@/ui/StatusTag';
import { Time } from '@/ui/Time';
import { useWrite } from '@/ui/useWrite';
import { WriteButton, WriteNote } from '@/ui/WriteButton';
import { type Content } from './body';
import { type Presentation, presentationQuery } from './queries';

// Versions are what was saved; one is shown. An earlier one is shown again, or written on.
export function Versions({ kept, take }: { kept: Presentation; take: (content: Content, preview: string) => void }) {
  const { t } = useTranslation('presentation');
  const { message } = App.useApp();
  const queries = useQueryClient();
  const show = useWrite({
    send: (version: number, key) => api.POST('/api/v1/products/{gtin}/presentation/publication', { params: { path: { gtin: kept.gtin }, header: key }, body: { version } }),
    onDone: (now) => { queries.setQueryData(presentationQuery(kept.gtin).queryKey, now); void message.success(t('shownNow')); },
  });
  if (kept.versions.length === 0) return <p className="quiet">{t('noVersions')}</p>;
  return (
    <>
      <WriteNote write={show} />
      <ul className="card-list" style={{ maxWidth: 720 }}>
        {kept.versions.map((v) => (
          <li key={v.version} className="hairline">
            <Flex justify="space-between" align="center" wrap gap={8}>
              <div><strong>{t('versionNo', { number: v.version })}</strong> <span className="quiet"><Time at={v.savedAt} /></span>{' '}
                {v.version === kept.shown && <StatusTag tone="good">{t('isShown')}</StatusTag>}</div>
              <Flex gap={8} wrap>
                <a href={v.preview} target="_blank" rel="noreferrer">{t('open')}</a>
                <Button size="small" onClick={() => take(v.content, v.preview)}>{t('writeOn')}</Button>
                {v.version !== kept.shown && <WriteButton write={show} type="default" size="small" onClick={() => void show.run(v.version)}>{t('showThis')}</WriteButton>}
              </Flex>
            </Flex>
          </li>
        ))}
      </ul>
    </>
  );
}

export const forget = (gtin: string) => answer(api.DELETE('/api/v1/products/{gtin}/presentation/preview', { params: { path: { gtin } } }));
