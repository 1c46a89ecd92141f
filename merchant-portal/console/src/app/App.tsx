import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Suspense, useEffect } from 'react';
import { RouterProvider } from 'react-router';
import { asProblem } from '@/api/problem';
import { useAppearance } from './appearance';
import { router } from './router';
import { Waiting } from './Waiting';

const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 10_000, retry: (count, error) => count < 2 && asProblem(error).again },
    mutations: { retry: false },
  },
});

export function App() {
  const { isDark } = useAppearance();
  useEffect(() => { // what comes next is ready when it is wanted, and never runs before what is wanted now
    const later = setTimeout(() => (window.requestIdleCallback ?? setTimeout)(() => void import('./Look')), 3000);
    return () => clearTimeout(later);
  }, []);
  useEffect(() => { document.documentElement.dataset.theme = isDark ? 'dark' : 'light'; }, [isDark]);
  return (
    <QueryClientProvider client={queries}>
      <Suspense fallback={<Waiting />}>
        <RouterProvider router={router} />
      </Suspense>
    </QueryClientProvider>
  );
}
