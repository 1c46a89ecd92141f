import type { RouteObject } from 'react-router';

export const routes: RouteObject[] = [
  { path: 'signin', lazy: () => import('./SignInPage') },
  { path: 'signup', lazy: () => import('./SignUpPage') },
  { path: 'invitation', lazy: () => import('./InvitationPage') },
];
