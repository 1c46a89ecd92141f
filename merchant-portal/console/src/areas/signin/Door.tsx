import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { language, speak } from '@/app/language';
import { Mark } from '@/app/Mark';
import { Button } from '@/plain/Button';

// Door is the frame of the pages of people who are not signed in.
export function Door({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation(['signin', 'common']);
  useEffect(() => { document.title = `${title} · ${t('common:brand')}`; }, [title, t]);
  const other = language() === 'en' ? 'zh-CN' : 'en';
  return (
    <main style={{ maxWidth: 416, margin: '0 auto', padding: '40px 16px 64px' }}>
      <div className="spread" style={{ marginBottom: 40 }}>
        <Mark />
        <Button kind="text" lang={other} onClick={() => void speak(other)}>{other === 'en' ? 'English' : '中文'}</Button>
      </div>
      <h1 style={{ fontSize: 24, fontWeight: 600, margin: '0 0 24px' }}>{title}</h1>
      {children}
    </main>
  );
}
