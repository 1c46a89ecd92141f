import { UserOutlined } from '@ant-design/icons';
import { Button, type ButtonProps, Grid } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
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
export function PersonButton(props: ButtonProps) {
  const { t } = useTranslation();
  const me = useMe();
  const wide = Grid.useBreakpoint().sm !== false;
  return <Button type="text" icon={<UserOutlined />} aria-label={t('shell.person')} {...props}>{wide ? <span style={{ maxWidth: 240, overflow: 'hidden', textOverflow: 'ellipsis' }}>{said(me.partyName) || me.party}</span> : null}</Button>;
}
