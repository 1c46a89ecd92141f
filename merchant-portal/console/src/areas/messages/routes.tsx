import type { RouteObject } from 'react-router';
import { needs } from '@/app/Allowed';

export const routes: RouteObject[] = [{ path: 'messages', handle: needs('listInbox'), lazy: () => import('./MessagesPage') }];
