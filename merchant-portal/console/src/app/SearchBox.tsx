import { SearchOutlined } from '@ant-design/icons';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Button } from '@/plain/Button';
import { useCan } from './session';

const writing = (e: Element | null) => e instanceof HTMLElement && (e.isContentEditable || e.matches('input, textarea, select, [role=dialog] *'));

// SearchBox finds anything by its code from every page. The key / leads to it, unless somebody writes; a field that takes
// what a scanner types listens on the document and so comes first.
export function SearchBox({ wide }: { wide: boolean }) {
  const { t } = useTranslation();
  const can = useCan()('search');
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  useEffect(() => {
    if (!can) return;
    const slash = (e: KeyboardEvent) => {
      if (e.key !== '/' || e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented || writing(document.activeElement)) return;
      e.preventDefault();
      if (field.current) field.current.select();
      else void navigate('/auditor');
    };
    window.addEventListener('keydown', slash);
    return () => window.removeEventListener('keydown', slash);
  }, [can, navigate]);
  if (!can) return null;
  if (!wide) return <Button kind="text" icon={<SearchOutlined />} aria-label={t('shell.search')} onClick={() => void navigate('/auditor')} />;
  const find = () => {
    const q = text.trim();
    if (!q) return;
    setText('');
    field.current?.blur();
    void navigate(`/auditor?${new URLSearchParams({ q, go: '1' })}`);
  };
  return (
    <div role="search" className="find">
      <SearchOutlined className="quiet" aria-hidden />
      <input ref={field} value={text} onChange={(e) => setText(e.target.value)} onKeyDown={(e) => { if (e.key === 'Enter' && !e.nativeEvent.isComposing) find(); }}
        placeholder={t('shell.searchFor')} aria-label={t('shell.search')} aria-keyshortcuts="/" maxLength={500} />
      <kbd aria-hidden>/</kbd>
    </div>
  );
}
