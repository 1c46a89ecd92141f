import { Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';

// RecoveryCodes shows the codes, which are shown this once.
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useTranslation('settings');
  const href = `data:text/plain;charset=utf-8,${encodeURIComponent(codes.join('\r\n') + '\r\n')}`;
  return (
    <>
      <p>{t('recoveryWhy')}</p>
      <ul className="id" style={{ columns: 2, listStyle: 'none', padding: 0, lineHeight: 2 }}>{codes.map((c) => <li key={c}>{c}</li>)}</ul>
      <Flex gap={8}>
        <Button href={href} download="touchstone-recovery-codes.txt">{t('recoverySave')}</Button>
        <Button type="primary" onClick={onDone}>{t('recoveryKept')}</Button>
      </Flex>
    </>
  );
}
