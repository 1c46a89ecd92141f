import { api } from '@/api/client';

// signOut ends the session at the gateway.
export async function signOut(): Promise<void> {
  await api.DELETE('/api/v1/session');
}
