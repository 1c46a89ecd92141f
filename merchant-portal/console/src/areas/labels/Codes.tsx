import { useQuery } from '@tanstack/react-query';
import { Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { answer, api } from '@/api/client';
import { ScanField } from '@/areas/custody/scan/ScanField';
import { ProblemNote } from '@/ui/Problem';
import { codesIn } from './order';

type Props = { batch: { gtin: string; lot: string }; codes: string[]; change: (codes: string[]) => void };

// Codes are the labels to print again, each scanned or typed, and found in the batch at once.
export function Codes({ batch, codes, change }: Props) {
  const { t, i18n } = useTranslation('labels');
  const language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  const found = useQuery({ queryKey: ['resolve', batch, codes], enabled: codes.length > 0, placeholderData: (old) => old,
    queryFn: () => answer(api.POST('/api/v1/units/resolve', { body: { ...batch, codes } })) });
  const named = (at: number) => {
    const one = found.isPlaceholderData ? undefined : found.data?.items[at];
    if (!one) return '';
    if (one.choices) return <span style={{ color: 'var(--red)' }}>{t('codeSeveral', { count: one.choices.length })}</span>;
    if (one.fault) return <span style={{ color: 'var(--red)' }}>{one.fault.messages[language] || one.fault.message}</span>;
    if (one.unit?.gtin !== batch.gtin || one.unit.lot !== batch.lot) return <span style={{ color: 'var(--red)' }}>{t('codeElsewhere')}</span>;
    return t('codePiece', { number: one.unit.index + 1 });
  };
  return (
    <div style={{ marginTop: 8 }}>
      <ScanField label={t('codes')} onCode={(typed) => change([...new Set([...codes, ...codesIn(typed)])])} />
      <p className="quiet" style={{ margin: '8px 0' }}>{t('codesHint')}</p>
      <ProblemNote error={found.error} retry={() => void found.refetch()} />
      <ul className="card-list" aria-live="polite">
        {codes.map((code, at) => (
          <li key={code} className="hairline">
            <Flex justify="space-between" align="center" gap={8}>
              <div style={{ minWidth: 0 }}><span className="id" style={{ overflowWrap: 'anywhere' }}>{code}</span><div className="quiet figure">{named(at)}</div></div>
              <Button size="small" aria-label={`${t('codeDrop')} ${code}`} onClick={() => change(codes.filter((c) => c !== code))}>{t('codeDrop')}</Button>
            </Flex>
          </li>
        ))}
      </ul>
    </div>
  );
}
