// signOut ends the session at the gateway. The area `signin` owns how.
export async function signOut(): Promise<void> {
  await fetch('/api/v1/session', { method: 'DELETE' });
}
