import type { RouteObject } from 'react-router';

export const routes: RouteObject[] = [
  { path: 'settings', lazy: () => import('./ProfilePage') },
  { path: 'settings/security', lazy: () => import('./SecurityPage') },
  { path: 'settings/team', lazy: () => import('./TeamPage') },
  { path: 'settings/keys', lazy: () => import('./KeysPage') },
  { path: 'settings/webhooks', lazy: () => import('./WebhooksPage') },
  { path: 'settings/webhooks/:id', lazy: () => import('./DeliveriesPage') },
  { path: 'settings/audit', lazy: () => import('./AuditPage') },
];
