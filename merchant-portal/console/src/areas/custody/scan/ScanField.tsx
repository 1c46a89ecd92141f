// ScanField takes what a hand scanner types, which is fast and ends with Enter or Tab, and what people type. It is never
// waiting for anything: a code is out of the field as soon as it ends.
import { Button, Flex } from 'antd';
import { CameraOutlined } from '@ant-design/icons';
import { lazy, memo, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeInput, typeSeparator } from './CodeInput';

const Camera = lazy(() => import('./Camera'));

type Props = { onCode: (code: string) => void; onUndo?: () => void; label: string };

export const ScanField = memo(function ScanField({ onCode, onUndo, label }: Props) {
  const { t } = useTranslation('custody');
  const field = useRef<HTMLInputElement>(null);
  const [camera, setCamera] = useState(false);

  const take = () => {
    const input = field.current;
    const code = input?.value.trim() ?? '';
    if (input) input.value = '';
    if (code) onCode(code);
  };

  // What a scanner types while the focus is on nothing goes into the field too.
  useEffect(() => {
    const whileElsewhere = (e: KeyboardEvent) => {
      const at = document.activeElement;
      if (e.key.length === 1 && !e.ctrlKey && !e.metaKey && !e.altKey && (at === document.body || at === null)) field.current?.focus();
    };
    document.addEventListener('keydown', whileElsewhere);
    return () => document.removeEventListener('keydown', whileElsewhere);
  }, []);

  return (
    <>
      <Flex gap={8}>
        <CodeInput ref={field} autoFocus aria-label={label} placeholder={label}
          onKeyDown={(e) => {
            const input = e.currentTarget;
            if (e.key === 'Enter' || (e.key === 'Tab' && input.value)) { e.preventDefault(); take(); }
            if (e.key === 'Backspace' && input.value === '' && onUndo) { e.preventDefault(); onUndo(); }
            typeSeparator(e);
          }} />
        <Button style={{ height: 44, width: 44 }} icon={<CameraOutlined />} aria-label={t('scan.camera')} aria-pressed={camera} onClick={() => setCamera(!camera)} />
      </Flex>
      {camera && <Suspense><Camera onCode={onCode} /></Suspense>}
    </>
  );
});
