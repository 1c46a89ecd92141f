// The gateway's interface, typed by its own document. An answer that says no is thrown as a Problem; a session that
// has ended waits until the person has signed in again and then repeats the request, so that no form is lost.
import createClient, { type Middleware } from 'openapi-fetch';
import { language } from '@/app/language';
import { signedInAgain } from './again';
import { early } from './early';
import { asProblem, Problem, problemOf } from './problem';
import type { components, paths } from './schema.gen';

export type Schemas = components['schemas'];

const answers: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', language());
    return request;
  },
  async onResponse({ response }) {
    if (!response.ok) throw await problemOf(response);
    return response;
  },
  onError({ error }) {
    return asProblem(error);
  },
};

// asking is fetch for a session that may end: the body is kept until it is answered.
async function asking(request: Request): Promise<Response> {
  const kept = request.clone();
  const response = await early(request) ?? await fetch(request);
  if (response.status !== 401 || outsideSession(request.url)) return response;
  await signedInAgain();
  return fetch(kept);
}

// Who asks who he is, or signs in, has no session yet that could have ended.
function outsideSession(url: string): boolean {
  const { pathname } = new URL(url);
  return pathname === '/api/v1/me' || pathname.startsWith('/api/v1/session') || pathname.startsWith('/api/v1/sign');
}

// fetched gives what is no JSON, such as a file: in the reader's language, with the same sign-in and the same Problem.
export async function fetched(path: string, init: RequestInit = {}): Promise<Response> {
  const request = new Request(new URL(path, window.location.origin), init);
  request.headers.set('Accept-Language', language());
  const response = await asking(request).catch((e: unknown) => { throw asProblem(e); });
  if (!response.ok) throw await problemOf(response);
  return response;
}

export const api = createClient<paths>({ baseUrl: window.location.origin, fetch: asking });
api.use(answers);

// answer takes the data out of a call: `const page = await answer(api.GET('/api/v1/products'))`.
export async function answer<T>(call: Promise<{ data?: T }>): Promise<T> {
  const { data } = await call;
  return data as T;
}

export { asProblem, Problem };
