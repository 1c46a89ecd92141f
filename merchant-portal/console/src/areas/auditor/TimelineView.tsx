import { Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import { Waiting } from '@/app/Waiting';
import { LedgerRef } from '@/ui/LedgerRef';
import { PartyName } from '@/ui/PartyName';
import { ProblemNote } from '@/ui/Problem';
import { Moment } from '@/ui/Time';
import { useEventName } from './events';
import { useStory, type Traced } from './story';

const most = 500;

// TimelineView tells a story from its beginning; each step opens its proof.
export default function TimelineView(traced: Traced) {
  const { t } = useTranslation('auditor');
  const story = useStory(traced);
  const nameOf = useEventName();
  if (story.isPending) return <Waiting />;
  const events = story.data?.events ?? [];
  return (
    <>
      <ProblemNote error={story.error} retry={() => void story.refetch()} />
      <Timeline items={events.slice(0, most).map((e) => ({
        key: e.txId,
        content: (
          <>
            <strong style={{ fontWeight: 600 }}>{nameOf(e.type)}</strong> <span className="quiet figure">{t('units', { count: e.units })}</span>
            <div>{e.from && e.to ? <><PartyName id={e.from} /> → <PartyName id={e.to} /></> : <PartyName id={e.by} />}{e.note && ` · ${e.note}`}</div>
            <div className="quiet"><Moment at={e.at} /> · <LedgerRef txId={e.txId} /></div>
          </>
        ),
      }))} />
      {events.length > most && <p className="quiet">{t('trace.more', { count: events.length - most })}</p>}
    </>
  );
}
