import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCopy } from './useCopy';

// CopyButton copies what is shown this once.
export function CopyButton({ value, children, style }: { value: string; children: string; style?: React.CSSProperties }) {
  const { t } = useTranslation();
  const { state, copy } = useCopy(value);
  return (
    <>
      <Button style={style} onClick={copy}>{state === 'copied' ? t('copied') : children}</Button>
      {state === 'failed' && <span role="alert" style={{ color: 'var(--red)', marginLeft: 8 }}>{t('copyFailed')}</span>}
    </>
  );
}
