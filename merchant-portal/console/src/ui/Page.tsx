import { QuestionCircleOutlined } from '@ant-design/icons';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '@/plain/Button';

type Props = {
  title: ReactNode;
  name?: string; // for the browser's tab, where the title is no text
  crumbs?: { title: ReactNode; to: string }[];
  actions?: ReactNode;
  help?: ReactNode; // one or two sentences, shown when the question mark is pressed
  children: ReactNode;
};

// Page is the frame of every page: where one is, what it is called, what can be done here.
export function Page({ title, name, crumbs = [], actions, help, children }: Props) {
  const { t } = useTranslation();
  const [helping, setHelping] = useState(false);
  const tab = name ?? (typeof title === 'string' ? title : '');
  useEffect(() => { document.title = tab ? `${tab} · ${t('brand')}` : t('brand'); }, [tab, t]);
  return (
    <>
      {crumbs.length > 0 && (
        <ol className="crumbs">
          {crumbs.map((c) => <li key={c.to}><Link to={c.to}>{c.title}</Link></li>)}
          <li aria-current="page">{title}</li>
        </ol>
      )}
      <div className="spread" style={{ marginBottom: 20 }}>
        <div style={{ display: 'flex', alignItems: 'center', gap: 4, minWidth: 0 }}>
          <h1 style={{ margin: 0, fontSize: 24, fontWeight: 600, lineHeight: 1.4, overflowWrap: 'anywhere' }}>{title}</h1>
          {help && (
            <Button kind="text" size="small" icon={<QuestionCircleOutlined />} aria-label={t('help')} aria-expanded={helping} onClick={() => setHelping(!helping)} />
          )}
        </div>
        {actions && <div className="row no-print">{actions}</div>}
      </div>
      {helping && <p className="quiet" style={{ margin: '-8px 0 20px', maxWidth: 720 }}>{help}</p>}
      {children}
    </>
  );
}

// Section is a titled part of a page.
export function Section({ title, actions, children }: { title: ReactNode; actions?: ReactNode; children: ReactNode }) {
  return (
    <section style={{ marginBottom: 32 }}>
      <div className="spread" style={{ marginBottom: 12 }}>
        <h2 style={{ margin: 0, fontSize: 16, fontWeight: 600 }}>{title}</h2>
        {actions && <div className="row">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
