import { useState } from 'react';
import { fetched } from '@/api/client';
import { nameIn, save } from '@/ui/Download';

// useReport saves what a trace says as a file.
export function useReport(gtin: string, lot: string, serial: string) {
  const [state, setState] = useState({ busy: false, error: undefined as unknown });
  const fetchIt = async (format: 'csv' | 'xlsx' | 'pdf') => {
    setState({ busy: true, error: undefined });
    try {
      const query = new URLSearchParams({ format, ...(serial ? { serial } : {}) });
      const response = await fetched(`/api/v1/provenance/${gtin}/${encodeURIComponent(lot)}/report?${query}`);
      save(await response.blob(), nameIn(response.headers.get('Content-Disposition')));
      setState({ busy: false, error: undefined });
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return { ...state, save: fetchIt };
}
