import type { RouteObject } from 'react-router';
import { needs } from '@/app/Allowed';

export const routes: RouteObject[] = [
  { path: 'labels', handle: needs('printLabels'), lazy: () => import('./LabelsPage') },
  { path: 'labels/printers', handle: needs('saveLabelPrinter'), lazy: () => import('./PrintersPage') },
];
