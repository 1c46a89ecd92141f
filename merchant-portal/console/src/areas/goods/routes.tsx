import type { RouteObject } from 'react-router';
import { needs } from '@/app/Allowed';

export const routes: RouteObject[] = [
  { path: 'goods', lazy: () => import('./GoodsPage') },
  { path: 'goods/new', handle: needs('registerProduct'), lazy: () => import('./NewProductPage') },
  { path: 'goods/:gtin', lazy: () => import('./ProductPage') },
  { path: 'goods/:gtin/buy-links', handle: needs('setBuyLinks'), lazy: () => import('./presentation/BuyLinksPage') },
  { path: 'goods/:gtin/presentation', handle: needs('setPresentation'), lazy: () => import('./presentation/PresentationPage') },
  { path: 'batches', lazy: () => import('./BatchesPage') },
  { path: 'batches/new', handle: needs('registerBatch'), lazy: () => import('./NewBatchPage') },
  { path: 'batches/make', handle: needs('transform'), lazy: () => import('./MakePage') },
  { path: 'batches/:gtin/:lot', lazy: () => import('./BatchPage') },
];
