// Four printed codes find out what is wrong with a scanner's settings.
import { Alert, Button, Flex, QRCode } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/ui/Page';
import { codes, diagnose, type Ending, type Finding, type Test } from './scan/diagnosis';
import { CodeInput, typeSeparator } from './scan/CodeInput';
import { sound } from './scan/sound';

const idle = 700; // milliseconds after which a code is over without Enter

export function Component() {
  const { t } = useTranslation('custody');
  const [found, setFound] = useState<Partial<Record<Test, Finding>>>({});
  const [unknown, setUnknown] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const take = (input: HTMLInputElement, ending: Ending) => {
    clearTimeout(timer.current);
    const typed = input.value;
    input.value = '';
    if (!typed) return;
    const { test, finding } = diagnose(typed, ending);
    setUnknown(!test);
    if (test) setFound((old) => ({ ...old, [test]: finding }));
    finding === 'right' ? sound.taken() : sound.refused();
  };
  const all = Object.keys(codes) as Test[];
  const right = all.every((c) => found[c] === 'right');

  return (
    <Page title={t('scanner.title')} crumbs={[{ title: t('title'), to: '/custody' }]} actions={<Button onClick={() => window.print()}>{t('scanner.print')}</Button>}>
      <p>{t('scanner.what')}</p>
      <CodeInput autoFocus aria-label={t('scanner.field')} placeholder={t('scanner.field')} style={{ maxWidth: 480, marginBottom: 16 }} className="no-print"
        onKeyDown={(e) => {
          const input = e.currentTarget;
          clearTimeout(timer.current);
          if (e.key === 'Enter') { e.preventDefault(); take(input, 'enter'); return; }
          if (e.key === 'Tab' && input.value) { e.preventDefault(); take(input, 'tab'); return; }
          typeSeparator(e);
          timer.current = setTimeout(() => take(input, 'none'), idle);
        }} />
      {unknown && <Alert type="warning" showIcon role="status" style={{ marginBottom: 16 }} title={t('finding.unknown')} />}
      {right && <Alert type="success" showIcon role="status" style={{ marginBottom: 16 }} title={t('scanner.right')} />}
      <Flex gap={24} wrap>
        {all.map((test) => (
          <figure key={test} style={{ margin: 0, width: 220 }}>
            <div aria-hidden="true"><QRCode type="svg" value={codes[test]} size={160} color="#000" bgColor="#fff" /></div>
            <figcaption style={{ marginTop: 8 }}>
              <strong>{t(`test.${test}`)}</strong>
              {found[test] && <Alert role="status" type={found[test] === 'right' ? 'success' : 'error'} showIcon style={{ marginTop: 8 }} title={t(`finding.${found[test]}`)} />}
            </figcaption>
          </figure>
        ))}
      </Flex>
    </Page>
  );
}
