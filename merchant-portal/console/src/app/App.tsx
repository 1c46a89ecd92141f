import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as Antd, ConfigProvider } from 'antd';
import type { Locale } from 'antd/es/locale';
import { Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RouterProvider } from 'react-router';
import { asProblem } from '@/api/problem';
import { useAppearance } from './appearance';
import { language } from './language';
import { nonce } from './nonce';
import { router } from './router';
import { Waiting } from './Waiting';
import { themeOf } from './theme';

const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 10_000, retry: (count, error) => count < 2 && asProblem(error).again },
    mutations: { retry: false },
  },
});

const locales = {
  'zh-CN': () => import('antd/es/locale/zh_CN'),
  en: () => import('antd/es/locale/en_US'),
};

function useAntdLocale(): Locale | undefined {
  const { i18n } = useTranslation();
  const [locale, setLocale] = useState<Locale>();
  useEffect(() => { void locales[language()]().then((file) => setLocale(file.default)); }, [i18n.language]);
  return locale;
}

export function App() {
  const { appearance, isDark } = useAppearance();
  const locale = useAntdLocale();
  const theme = useMemo(() => themeOf(isDark), [isDark]);
  useEffect(() => {
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  }, [appearance, isDark]);
  return (
    <ConfigProvider theme={theme} locale={locale} csp={nonce ? { nonce } : undefined} button={{ autoInsertSpace: false }}>
      <Antd message={{ maxCount: 3 }}>
        <QueryClientProvider client={queries}>
          <Suspense fallback={<Waiting />}>
            <RouterProvider router={router} />
          </Suspense>
        </QueryClientProvider>
      </Antd>
    </ConfigProvider>
  );
}
