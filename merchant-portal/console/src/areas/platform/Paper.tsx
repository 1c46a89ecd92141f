import { Image } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { Waiting } from '@/app/Waiting';
import { Download } from '@/ui/Download';
import { useFile } from '@/ui/Picture';
import { ProblemNote } from '@/ui/Problem';

// Paper shows a document in place. The gateway has made sure that it is the picture or PDF that it says it is.
export function Paper({ document, pending, named }: { document?: Schemas['DocumentEntry']; pending: boolean; named: boolean }) {
  const { t } = useTranslation('platform');
  if (pending) return <Waiting />;
  if (!document) return <p className="quiet">{t(named ? 'papers.gone' : 'papers.without')}</p>;
  return <Shown document={document} />;
}

function Shown({ document: d }: { document: Schemas['DocumentEntry'] }) {
  const { t } = useTranslation('platform');
  const href = `/api/v1/documents/${d.id}`;
  const content = useFile(href, d.contentType);
  const { url } = content;
  return (
    <>
      <ProblemNote error={content.error} retry={() => void content.refetch()} />
      {content.isPending && <Waiting />}
      {url && (d.contentType.startsWith('image/')
        ? <Image src={url} alt={d.name} style={{ maxHeight: 480, maxWidth: '100%', objectFit: 'contain' }} />
        : <iframe src={url} title={d.name} style={{ width: '100%', height: 560, border: '1px solid var(--hairline)', borderRadius: 8 }} />)}
      <p className="quiet">{d.name} · {t('papers.size', { kb: Math.ceil(d.size / 1024) })} <Download href={href} name={d.name} size="small" type="text">{t('papers.download')}</Download></p>
    </>
  );
}
