// antd, with the house's colours and the reader's language. The first pages are drawn without it (src/plain), so that
// they are there soon on a slow phone; it comes with the first page that is made of it.
import { App as Antd, ConfigProvider } from 'antd';
import en from 'antd/es/locale/en_US';
import type { Locale } from 'antd/es/locale';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet } from 'react-router';
import { useAppearance } from './appearance';
import { language } from './language';
import { nonce } from './nonce';
import { themeOf } from './theme';

const locales = {
  'zh-CN': () => import('antd/es/locale/zh_CN').then((file) => file.default),
  en: () => Promise.resolve(en), // antd itself falls back to it
};

function useAntdLocale(): Locale | undefined {
  const { i18n } = useTranslation();
  const [locale, setLocale] = useState<Locale>();
  useEffect(() => { void locales[language()]().then(setLocale); }, [i18n.language]);
  return locale;
}

export function Look({ children }: { children: ReactNode }) {
  const { isDark } = useAppearance();
  const locale = useAntdLocale();
  const theme = useMemo(() => themeOf(isDark), [isDark]);
  return (
    <ConfigProvider theme={theme} locale={locale} csp={nonce ? { nonce } : undefined} button={{ autoInsertSpace: false }}>
      <Antd message={{ maxCount: 3 }}>{children}</Antd>
    </ConfigProvider>
  );
}

// Component is the route around all pages that are made of antd.
export function Component() {
  return <Look><Outlet /></Look>;
}
