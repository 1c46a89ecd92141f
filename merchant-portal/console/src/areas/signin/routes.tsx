import type { RouteObject } from 'react-router';
import { Component } from './SignInPage';

export const first: RouteObject[] = [{ path: 'signin', Component }];
export const routes: RouteObject[] = [
  { path: 'signup', lazy: () => import('./SignUpPage') },
  { path: 'invitation', lazy: () => import('./InvitationPage') },
];
