import type { LedgerOperation } from '@/ui/stands';

// What can be done by scanning, and where it is sent.
export const doings = ['ship', 'receive', 'sell', 'return', 'pack', 'decommission'] as const;
export type Doing = (typeof doings)[number];

export const operationOf: Record<Doing, LedgerOperation> = { ship: 'ship', receive: 'receive', sell: 'sell', return: 'takeBack', pack: 'pack', decommission: 'decommission' };

export const pathOf: Record<Doing, (id: string) => string> = {
  ship: () => '/api/v1/shipments',
  receive: (id) => `/api/v1/shipments/${encodeURIComponent(id)}/receipt`,
  sell: () => '/api/v1/sales',
  return: () => '/api/v1/returns',
  pack: () => '/api/v1/containers',
  decommission: () => '/api/v1/decommissions',
};
