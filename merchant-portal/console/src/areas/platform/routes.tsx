import type { RouteObject } from 'react-router';

export const routes: RouteObject[] = [{ path: 'platform', lazy: () => import('./PlatformPage') }];
