import { api, asProblem } from '@/api/client';

// signOut ends the session at the gateway. One that has ended already is as good.
export async function signOut(): Promise<void> {
  await api.DELETE('/api/v1/session').catch((e: unknown) => { if (asProblem(e).status !== 401) throw e; });
}
