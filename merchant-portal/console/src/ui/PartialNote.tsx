import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';

// PartialNote says of a story that it is not all of it: what is left out, why, and who may see it.
export function PartialNote({ of }: { of?: { partial?: boolean } }) {
  const { t } = useTranslation();
  if (!of?.partial) return null;
  return <Alert type="info" showIcon style={{ marginBottom: 16, maxWidth: 880 }} title={t('partial.title')} description={t('partial.why')} />;
}
