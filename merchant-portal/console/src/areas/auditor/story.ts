import { useQuery } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/api/client';

export type Traced = { gtin: string; lot: string; serial: string };
export type Step = Schemas['Provenance']['events'][number];

// useStory asks for everything that happened to a batch, or to one unit of it.
export function useStory({ gtin, lot, serial }: Traced) {
  return useQuery({
    queryKey: ['provenance', gtin, lot, serial],
    queryFn: () => serial
      ? answer(api.GET('/api/v1/provenance/{gtin}/{lot}/{serial}', { params: { path: { gtin, lot, serial } } }))
      : answer(api.GET('/api/v1/provenance/{gtin}/{lot}', { params: { path: { gtin, lot } } })),
  });
}
