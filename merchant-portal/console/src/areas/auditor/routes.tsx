import type { RouteObject } from 'react-router';

export const routes: RouteObject[] = [
  { path: 'auditor', lazy: () => import('./SearchPage') },
  { path: 'auditor/batches/:gtin/:lot', lazy: () => import('./TracePage') },
  { path: 'auditor/containers/:id', lazy: () => import('./ContainerPage') },
  { path: 'auditor/shipments/:id', lazy: () => import('./ShipmentPage') },
  { path: 'auditor/health', lazy: () => import('./HealthPage') },
];
