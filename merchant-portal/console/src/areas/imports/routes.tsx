import type { RouteObject } from 'react-router';
import { needs } from '@/app/Allowed';

export const routes: RouteObject[] = [
  { path: 'imports', handle: needs('importFile'), lazy: () => import('./ImportsPage') },
  { path: 'imports/:id', handle: needs('importFile'), lazy: () => import('./ImportPage') },
];
