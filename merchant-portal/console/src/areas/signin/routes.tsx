import type { RouteObject } from 'react-router';

export const routes: RouteObject[] = [{ path: 'signin', lazy: () => import('./SignInPage') }];
