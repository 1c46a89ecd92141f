import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import { type Choice, styleOf } from './order';

export const designsQuery = queryOptions({ queryKey: ['label-designs'], queryFn: () => answer(api.GET('/api/v1/labels/designs')) });
export const printersQuery = queryOptions({ queryKey: ['label-printers'], queryFn: () => answer(api.GET('/api/v1/labels/printers')) });

// previewQuery shows one label as it will be. The one before stays until the next is there.
export const previewQuery = (choice: Choice, goods: { gtin?: string; lot?: string }) => queryOptions({
  queryKey: ['label-preview', styleOf(choice), goods],
  queryFn: () => answer(api.POST('/api/v1/labels/preview', { body: { ...styleOf(choice), ...goods } })),
  placeholderData: keepPreviousData, retry: false,
});
