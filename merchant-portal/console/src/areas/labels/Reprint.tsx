import { useQuery } from '@tanstack/react-query';
import { Button, Flex } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';
import { answer, api, type Schemas } from '@/api/client';
import { labelsPath } from '@/areas/goods/paths';
import { ScanField } from '@/areas/custody/scan/ScanField';
import { Section } from '@/ui/Page';
import { ProblemNote } from '@/ui/Problem';
import { said } from '@/ui/said';

type Unit = Schemas['NamedUnit'];
const pathTo = (u: Unit, code: string) => `${labelsPath([u])}&again=${encodeURIComponent(u.serial ?? code)}`;

// Reprint finds the batch of one damaged label by what can still be read of it, and goes there.
export function Reprint() {
  const { t, i18n } = useTranslation('labels');
  const language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  const [code, setCode] = useState('');
  const found = useQuery({ queryKey: ['resolve', code], enabled: code !== '', queryFn: () => answer(api.POST('/api/v1/units/resolve', { body: { codes: [code] } })) });
  const one = found.data?.items[0];
  if (one?.unit) return <Navigate to={pathTo(one.unit, code)} />;
  return (
    <Section title={t('again')}>
      <div style={{ maxWidth: 560 }}>
        <ScanField label={t('codes')} onCode={setCode} />
        <p className="quiet" style={{ margin: '8px 0' }}>{t('againHint')}</p>
        <ProblemNote error={found.error} retry={() => void found.refetch()} />
        <div aria-live="polite">
          {one?.sscc && <p style={{ color: 'var(--red)' }}>{t('againBox')} <Link to={`/custody/containers/${one.sscc}`}>{one.sscc}</Link></p>}
          {one?.fault && !one.choices && <p style={{ color: 'var(--red)' }}>{one.fault.messages[language] || one.fault.message}</p>}
          {one?.choices && <>
            <p>{t('againSeveral', { count: one.choices.length })}</p>
            <Flex vertical gap={8}>{one.choices.map((u) => (
              <Link key={`${u.gtin}/${u.lot}/${u.index}`} to={pathTo(u, code)}><Button block style={{ height: 'auto', whiteSpace: 'normal' }}>{said(u.name)} · {u.lot} · {t('codePiece', { number: u.index + 1 })}</Button></Link>))}</Flex>
          </>}
        </div>
      </div>
    </Section>
  );
}
