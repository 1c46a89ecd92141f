import { answer, api } from '@/api/client';

export const shipmentQuery = (id: string) => ({
  queryKey: ['shipments', id], retry: false,
  queryFn: () => answer(api.GET('/api/v1/shipments/{id}', { params: { path: { id } } })),
});
