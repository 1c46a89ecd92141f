import { createBrowserRouter, type RouteObject } from 'react-router';
import { routes as auditor } from '@/areas/auditor/routes';
import { routes as custody } from '@/areas/custody/routes';
import { routes as goods } from '@/areas/goods/routes';
import { routes as imports } from '@/areas/imports/routes';
import { routes as insight } from '@/areas/insight/routes';
import { routes as labels } from '@/areas/labels/routes';
import { routes as messages } from '@/areas/messages/routes';
import { first as overviewFirst, routes as overview } from '@/areas/overview/routes';
import { routes as platform } from '@/areas/platform/routes';
import { routes as quality } from '@/areas/quality/routes';
import { routes as settings } from '@/areas/settings/routes';
import { first as signinFirst, routes as signin } from '@/areas/signin/routes';
import { Allowed } from './Allowed';
import { Broken } from './Broken';
import { Shell } from './Shell';
import { Waiting } from './Waiting';

const inside = [overview, goods, imports, labels, custody, quality, messages, settings, platform, auditor, insight].flat();

// look puts pages that are made of antd into it; a first page is there without.
const look = (children: RouteObject[]): RouteObject => ({ lazy: () => import('./Look'), children });

export const router = createBrowserRouter([
  { errorElement: <Broken />, HydrateFallback: Waiting, children: [...signinFirst, look(signin)] },
  {
    path: '/',
    element: <Shell />,
    errorElement: <Broken />,
    HydrateFallback: Waiting,
    children: [{ errorElement: <Broken inside />, children: [{ element: <Allowed />, children: [...overviewFirst, look(inside)] }, { path: '*', element: <Broken inside missing /> }] }],
  },
]);
