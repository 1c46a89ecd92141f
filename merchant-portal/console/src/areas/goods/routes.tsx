import type { RouteObject } from 'react-router';

export const routes: RouteObject[] = [
  { path: 'goods', lazy: () => import('./GoodsPage') },
  { path: 'goods/new', lazy: () => import('./NewProductPage') },
  { path: 'goods/:gtin', lazy: () => import('./ProductPage') },
  { path: 'batches', lazy: () => import('./BatchesPage') },
  { path: 'batches/new', lazy: () => import('./NewBatchPage') },
  { path: 'batches/:gtin/:lot', lazy: () => import('./BatchPage') },
];
