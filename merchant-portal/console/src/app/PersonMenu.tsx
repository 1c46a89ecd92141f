import { useMutation } from '@tanstack/react-query';
import { Dropdown, type MenuProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { said } from '@/ui/said';
import { type Appearance, setAppearance, useAppearance } from './appearance';
import { languages, speak } from './language';
import { Look } from './Look';
import { PersonButton } from './Person';
import { useForget, useMe } from './session';
import { signOut } from './signout';

const appearances: readonly Appearance[] = ['system', 'light', 'dark'];

// PersonMenu lets him who works here choose language and appearance, and leave. It opens as it comes: somebody has asked for it.
export default function PersonMenu() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const [open, setOpen] = useState(true);
  const { appearance } = useAppearance();
  const navigate = useNavigate();
  const forget = useForget();
  const leave = useMutation({ mutationFn: signOut, onSuccess: () => { forget(); navigate('/signin'); }, onError: () => setOpen(true) });
  const items: MenuProps['items'] = [
    { key: 'who', label: <span>{me.person?.name ?? me.account}<br /><span className="quiet">{said(me.partyName) || me.party} · {t(`role.${me.role}`)}</span></span>, onClick: () => navigate('/settings') },
    { type: 'divider' },
    { type: 'group', label: t('shell.language'), children: languages.map((l) => ({ key: l, label: <span lang={l}>{l === 'en' ? 'English' : '中文'}</span>, onClick: () => void speak(l) })) },
    { type: 'group', label: t('shell.appearance'), children: appearances.map((a) => ({ key: a, label: t(`shell.${a}`), onClick: () => setAppearance(a) })) },
    { type: 'divider' },
    { key: 'leave', label: leave.error ? <span role="alert" style={{ color: 'var(--red)' }}>{t('shell.signOutFailed')}</span> : t('shell.signOut'), onClick: () => leave.mutate() },
  ];
  return (
    <Look><Dropdown trigger={['click']} open={open} onOpenChange={setOpen} menu={{ items, selectable: true, multiple: true, selectedKeys: [i18n.language, appearance] }}>
      <PersonButton autoFocus />
    </Dropdown></Look>
  );
}
