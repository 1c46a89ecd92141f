// What index.html has asked for before any script was there. Each answer is given once. One that says no is not kept but
// asked for again in the usual way, so that it comes in the reader's language and is told like every other.
declare global {
  interface Window { early?: Record<string, Promise<Response | undefined>> }
}

export async function early(request: Request): Promise<Response | undefined> {
  const { pathname, search } = new URL(request.url);
  const answer = request.method === 'GET' && search === '' ? window.early?.[pathname] : undefined;
  if (!answer) return undefined;
  delete window.early?.[pathname];
  return answer;
}
