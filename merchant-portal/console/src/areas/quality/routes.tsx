import { redirect, type RouteObject } from 'react-router';
import { needs } from '@/app/Allowed';

export const routes: RouteObject[] = [
  { path: 'quality', loader: () => redirect('/quality/recalls') },
  { path: 'quality/recalls', lazy: () => import('./RecallsPage') },
  { path: 'quality/recalls/new', handle: needs('recall'), lazy: () => import('./NewRecallPage') },
  { path: 'quality/recalls/:id', lazy: () => import('./RecallPage') },
  { path: 'quality/inspections', lazy: () => import('./InspectionsPage') },
  { path: 'quality/inspections/records', lazy: () => import('./InspectionRecordsPage') },
  { path: 'quality/inspections/:gtin/:lot', lazy: () => import('./InspectionPage') },
  { path: 'quality/standards', lazy: () => import('./StandardsPage') },
  { path: 'quality/standards/new', handle: needs('registerStandard'), lazy: () => import('./NewStandardPage') },
  { path: 'quality/standards/:id', lazy: () => import('./StandardPage') },
  { path: 'quality/complaints', lazy: () => import('./ComplaintsPage') },
  { path: 'quality/complaints/:id', lazy: () => import('./ComplaintPage') },
  { path: 'quality/reviews', lazy: () => import('./ReviewsPage') },
];
