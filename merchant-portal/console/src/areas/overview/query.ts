import { answer, api } from '@/api/client';

// overviewQuery reads what waits for the caller; it is read anew each minute, so that the page can stay open all day.
export const overviewQuery = { queryKey: ['overview'], queryFn: () => answer(api.GET('/api/v1/overview')), refetchInterval: 60_000 } as const;
