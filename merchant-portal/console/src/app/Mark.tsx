import { useTranslation } from 'react-i18next';

// Mark is the brand, in its own colour.
export function Mark() {
  const { t } = useTranslation();
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 10, fontWeight: 600, fontSize: 16, color: 'var(--ink)' }}>
      <img src="/mark.svg" width={24} height={24} alt="" />
      {t('brand')}
    </span>
  );
}
