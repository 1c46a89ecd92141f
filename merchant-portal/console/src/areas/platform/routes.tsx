import { redirect, type RouteObject } from 'react-router';
import { needs } from '@/app/Allowed';

export const routes: RouteObject[] = [
  { path: 'platform', loader: () => redirect('/platform/parties') },
  { path: 'platform/parties', lazy: () => import('./StandingsPage') },
  { path: 'platform/parties/:id', lazy: () => import('./PartyPage') },
  { path: 'platform/applications', lazy: () => import('./ApplicationsPage') },
  { path: 'platform/calendar', lazy: () => import('./CalendarPage') },
  { path: 'platform/watch', lazy: () => import('./AlertsPage') },
  { path: 'platform/alerts/:id', lazy: () => import('./AlertPage') },
  { path: 'platform/complaints', lazy: () => import('./ComplaintsPage') },
  { path: 'platform/complaints/:id', lazy: () => import('./ComplaintPage') },
  { path: 'platform/corrections', handle: needs('decideCorrection'), lazy: () => import('./CorrectionsPage') },
  { path: 'platform/reports', lazy: () => import('./ReportsPage') },
  { path: 'platform/reports/:id', lazy: () => import('./ReportPage') },
];
