import type { RouteObject } from 'react-router';
import { needs } from '@/app/Allowed';

export const routes: RouteObject[] = [
  { path: 'custody', lazy: () => import('./CustodyPage') },
  { path: 'custody/ship', handle: needs('ship'), lazy: () => import('./ShipPage') },
  { path: 'custody/receive/:id', handle: needs('receive'), lazy: () => import('./ReceivePage') },
  { path: 'custody/sell', handle: needs('sell'), lazy: () => import('./SellPage') },
  { path: 'custody/return', handle: needs('takeBack'), lazy: () => import('./ReturnPage') },
  { path: 'custody/pack', handle: needs('pack'), lazy: () => import('./PackPage') },
  { path: 'custody/decommission', handle: needs('decommission'), lazy: () => import('./DecommissionPage') },
  { path: 'custody/containers', lazy: () => import('./ContainersPage') },
  { path: 'custody/containers/:sscc', lazy: () => import('./ContainerPage') },
  { path: 'custody/find', lazy: () => import('./FindPage') },
  { path: 'custody/scanner', lazy: () => import('./ScannerPage') },
  { path: 'custody/cases', lazy: () => import('./CasesPage') },
  { path: 'custody/cases/new', handle: needs('openCase'), lazy: () => import('./NewCasePage') },
  { path: 'custody/cases/:id', lazy: () => import('./CasePage') },
  { path: 'custody/shipments/:id', lazy: () => import('./ShipmentPage') },
];
