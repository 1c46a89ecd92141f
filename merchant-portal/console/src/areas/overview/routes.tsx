import type { RouteObject } from 'react-router';
import { Component } from './OverviewPage';

export const first: RouteObject[] = [{ index: true, Component }];
export const routes: RouteObject[] = [{ path: 'application', lazy: () => import('./ApplicationPage') }];
