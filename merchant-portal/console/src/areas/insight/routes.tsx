import type { RouteObject } from 'react-router';

export const routes: RouteObject[] = [{ path: 'insight', lazy: () => import('./InsightPage') }];
