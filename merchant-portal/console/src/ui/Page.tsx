import { QuestionCircleOutlined } from '@ant-design/icons';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Button } from '@/plain/Button';
import { Lending, type Main, MainButton } from './main';

type Props = {
  title: ReactNode;
  name?: string; // for the browser's tab, where the title is no text
  crumbs?: { title: ReactNode; to: string }[];
  main?: Main | false; // what one comes here to do; where a list is empty, it is shown there and not in the head
  actions?: ReactNode; // what else can be done
  help?: ReactNode; // one or two sentences, shown when the question mark is pressed
  children: ReactNode;
};

// Page is the frame of every page: where one is, what it is called, what can be done here.
export function Page({ title, name, crumbs = [], main, actions, help, children }: Props) {
  const { t } = useTranslation();
  const [lent, setLent] = useState(0);
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
        {(actions || main) && <div className="row no-print">{actions}{main && lent === 0 && <MainButton main={main} />}</div>}
      </div>
      {helping && <p className="quiet" style={{ margin: '-8px 0 20px', maxWidth: 720 }}>{help}</p>}
      <Lending value={{ main, lend: setLent }}>{children}</Lending>
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
