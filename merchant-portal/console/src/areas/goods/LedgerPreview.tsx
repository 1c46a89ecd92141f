import { Descriptions } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '@/ui/Page';

export type Fact = { label: string; value: ReactNode };

// LedgerPreview shows what will stand on the ledger before it is written, and stays.
export function LedgerPreview({ facts }: { facts: Fact[] }) {
  const { t } = useTranslation('goods');
  return (
    <Section title={t('preview')}>
      <div className="hairline" style={{ padding: '12px 16px' }} aria-live="polite">
        <Descriptions size="small" column={1} items={facts.map((f, i) => ({ key: i, label: f.label, children: f.value || <span className="quiet">—</span> }))} />
        <p className="quiet" style={{ margin: '12px 0 0' }}>{t('previewWhy')}</p>
      </div>
    </Section>
  );
}
