import { useQuery } from '@tanstack/react-query';
import { Flex, Image } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { answer, api } from '@/api/client';
import { useCan } from '@/app/session';
import { Waiting } from '@/app/Waiting';
import { Page, Section } from '@/ui/Page';
import { PartyName } from '@/ui/PartyName';
import { Picture } from '@/ui/Picture';
import { ProblemNote } from '@/ui/Problem';
import { ProductName } from '@/ui/ProductName';
import { StatusTag } from '@/ui/StatusTag';
import { Deadline } from '@/ui/Time';
import { ComplaintAdmission } from './ComplaintAdmission';
import { ComplaintDecision } from './ComplaintDecision';
import { Ruling } from './Ruling';
import { SubNav } from './SubNav';
import { complaintTones } from './words';

// ComplaintPage lays both sides' evidence side by side, and lets the platform decide.
export function Component() {
  const { t } = useTranslation('platform');
  const can = useCan();
  const { id = '' } = useParams();
  const complaint = useQuery({ queryKey: ['complaints', id], queryFn: () => answer(api.GET('/api/v1/complaints/{id}', { params: { path: { id } } })) });
  const c = complaint.data;
  const side = { flex: '1 1 300px', padding: 16, minWidth: 0 } as const;
  return (
    <Page title={id} crumbs={[{ title: t('complaints.title'), to: '/platform/complaints' }]}>
      <SubNav of="watch" />
      <ProblemNote error={complaint.error} retry={() => void complaint.refetch()} />
      {complaint.isPending && <Waiting />}
      {c && <>
        <Flex gap={24} wrap style={{ marginBottom: 16 }}>
          <StatusTag tone={complaintTones[c.status]}>{t(`complaint.${c.status}`)}</StatusTag>
          {c.nextDue && <span>{t('complaints.due')} <Deadline at={c.nextDue} /></span>}
          <span><ProductName gtin={c.gtin} /> · <Link to={`/auditor/batches/${c.gtin}/${encodeURIComponent(c.lot)}`} className="id">{c.lot} #{c.index + 1}</Link></span>
          <Link to={`/platform/parties/${c.respondent}`}><PartyName id={c.respondent} /></Link>
        </Flex>
        <Section title={t('complaints.evidence')}>
          <Flex gap={16} wrap align="stretch">
            <article className="hairline" style={side}>
              <h3 style={{ fontSize: 14, margin: '0 0 8px' }}>{t('complaints.shopper')}</h3>
              <p style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{c.text || t('complaints.noText')}</p>
              <Image.PreviewGroup><Flex gap={8} wrap>{c.photos?.map((p) => <Picture key={p.number} width={120} height={120} style={{ objectFit: 'cover', borderRadius: 8 }} href={`/api/v1/complaints/${encodeURIComponent(id)}/photos/${p.number}`} alt={t('complaints.photo', { number: p.number })} />)}</Flex></Image.PreviewGroup>
              {c.appealText && <p style={{ whiteSpace: 'pre-wrap' }}>{t('complaints.appeal')} {c.appealText}</p>}
            </article>
            <article className="hairline" style={side}>
              <h3 style={{ fontSize: 14, margin: '0 0 8px' }}>{t('complaints.merchant')} <PartyName id={c.respondent} /></h3>
              <p style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }} className={c.answerText ? undefined : 'quiet'}>{c.answerText || t('complaints.noAnswer')}</p>
            </article>
          </Flex>
        </Section>
        {c.waits && <Section title={t('admission.title')}><ComplaintAdmission complaint={c} /></Section>}
        {(c.decisions?.length ?? 0) > 0 && <Section title={t('complaints.decisions')}>{c.decisions!.map((d) => <Ruling key={d.at} decision={d} complaint={c} />)}</Section>}
        {can('decideComplaint') && c.status !== 'withdrawn' && <Section title={t('decide.title')}><ComplaintDecision complaint={c} /></Section>}
      </>}
    </Page>
  );
}
