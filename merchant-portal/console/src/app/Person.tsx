import { UserOutlined } from '@ant-design/icons';
import { type ComponentProps, lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/plain/Button';
import { useWidth } from '@/plain/useWidth';
import { said } from '@/ui/said';
import { useMe } from './session';

const PersonMenu = lazy(() => import('./PersonMenu'));

// Person says who works here; what he may choose is loaded when he asks for it.
export function Person() {
  const [asked, setAsked] = useState(false);
  if (!asked) return <PersonButton aria-haspopup="menu" onClick={() => setAsked(true)} />;
  return <Suspense fallback={<PersonButton />}><PersonMenu /></Suspense>;
}

// PersonButton is what the menu hangs on.
export function PersonButton(props: ComponentProps<typeof Button>) {
  const { t } = useTranslation();
  const me = useMe();
  const wide = useWidth('sm');
  return <Button kind="text" icon={<UserOutlined />} aria-label={t('shell.person')} {...props}>{wide ? <span style={{ maxWidth: 240, overflow: 'hidden', textOverflow: 'ellipsis' }}>{said(me.partyName) || me.party}</span> : null}</Button>;
}
