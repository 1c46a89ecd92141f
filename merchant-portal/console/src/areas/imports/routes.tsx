import type { RouteObject } from 'react-router';

export const routes: RouteObject[] = [
  { path: 'imports', lazy: () => import('./ImportsPage') },
  { path: 'imports/:id', lazy: () => import('./ImportPage') },
];
