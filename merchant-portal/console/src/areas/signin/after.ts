// What happens once somebody is let in: what was known of whoever was here before is forgotten.
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';

// inside keeps the way back within the console: an address of somebody else's is none.
export function inside(to: string | null): string {
  return to && to.startsWith('/') && !to.startsWith('//') && !to.startsWith('/\\') ? to : '/';
}

export function useEnter(): () => void {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  return () => {
    queries.clear();
    navigate(inside(params.get('to')), { replace: true });
  };
}
