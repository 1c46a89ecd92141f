import type { RouteObject } from 'react-router';

export const routes: RouteObject[] = [
  { path: 'custody', lazy: () => import('./CustodyPage') },
  { path: 'custody/ship', lazy: () => import('./ShipPage') },
  { path: 'custody/receive/:id', lazy: () => import('./ReceivePage') },
  { path: 'custody/sell', lazy: () => import('./SellPage') },
  { path: 'custody/return', lazy: () => import('./ReturnPage') },
  { path: 'custody/pack', lazy: () => import('./PackPage') },
  { path: 'custody/find', lazy: () => import('./FindPage') },
  { path: 'custody/scanner', lazy: () => import('./ScannerPage') },
  { path: 'custody/cases', lazy: () => import('./CasesPage') },
  { path: 'custody/cases/new', lazy: () => import('./NewCasePage') },
  { path: 'custody/cases/:id', lazy: () => import('./CasePage') },
  { path: 'custody/shipments/:id', lazy: () => import('./ShipmentPage') },
];
