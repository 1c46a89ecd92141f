import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/api/client';

export const standardQuery = (id: string) => queryOptions({ queryKey: ['standards', id], enabled: id !== '', queryFn: () => answer(api.GET('/api/v1/standards/{id}', { params: { path: { id } } })) });
