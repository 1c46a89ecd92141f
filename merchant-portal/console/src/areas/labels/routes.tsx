import type { RouteObject } from 'react-router';

export const routes: RouteObject[] = [
  { path: 'labels', lazy: () => import('./LabelsPage') },
  { path: 'labels/printers', lazy: () => import('./PrintersPage') },
];
