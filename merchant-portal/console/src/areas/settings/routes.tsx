import type { RouteObject } from 'react-router';
import { needs } from '@/app/Allowed';

export const routes: RouteObject[] = [
  { path: 'settings', lazy: () => import('./ProfilePage') },
  { path: 'settings/security', lazy: () => import('./SecurityPage') },
  { path: 'settings/team', handle: needs('listTeam'), lazy: () => import('./TeamPage') },
  { path: 'settings/keys', handle: needs('listKeys'), lazy: () => import('./KeysPage') },
  { path: 'settings/webhooks', handle: needs('listWebhooks'), lazy: () => import('./WebhooksPage') },
  { path: 'settings/webhooks/:id', handle: needs('listWebhooks'), lazy: () => import('./DeliveriesPage') },
  { path: 'settings/terms', lazy: () => import('./TermsPage') },
  { path: 'settings/audit', handle: needs('listAudit'), lazy: () => import('./AuditPage') },
];
