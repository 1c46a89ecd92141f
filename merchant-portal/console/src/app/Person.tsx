import { useMutation } from '@tanstack/react-query';
import { UserOutlined } from '@ant-design/icons';
import { Button, Dropdown, Grid, type MenuProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { type Appearance, setAppearance, useAppearance } from './appearance';
import { languages, speak } from './language';
import { useForget, useMe } from './session';
import { signOut } from './signout';

const appearances: readonly Appearance[] = ['system', 'light', 'dark'];

// Person says who works here and lets him choose language and appearance, and leave.
export function Person() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const { appearance } = useAppearance();
  const navigate = useNavigate();
  const forget = useForget();
  const wide = Grid.useBreakpoint().sm !== false;
  const leave = useMutation({ mutationFn: signOut, onSettled: () => { forget(); navigate('/signin'); } });
  const items: MenuProps['items'] = [
    { key: 'who', label: <span>{me.account}<br /><span className="quiet">{me.party} · {t(`role.${me.role}`)}</span></span>, onClick: () => navigate('/settings') },
    { type: 'divider' },
    { type: 'group', label: t('shell.language'), children: languages.map((l) => ({ key: l, label: <span lang={l}>{l === 'en' ? 'English' : '中文'}</span>, onClick: () => void speak(l) })) },
    { type: 'group', label: t('shell.appearance'), children: appearances.map((a) => ({ key: a, label: t(`shell.${a}`), onClick: () => setAppearance(a) })) },
    { type: 'divider' },
    { key: 'leave', label: t('shell.signOut'), onClick: () => leave.mutate() },
  ];
  return (
    <Dropdown trigger={['click']} menu={{ items, selectable: true, multiple: true, selectedKeys: [i18n.language, appearance] }}>
      <Button type="text" icon={<UserOutlined />} aria-label={t('shell.person')}>{wide ? me.party : null}</Button>
    </Dropdown>
  );
}
