import type { components } from './schema.gen';

type Document = components['schemas']['Problem'];
export type Bilingual = components['schemas']['Text'];

// Problem is an answer that says no: what the gateway's problem document tells, or that no answer came.
// `status` is 0 where none came; then whether a write happened is not known, and repeating it with its key is safe.
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly titles: Bilingual;
  readonly detail: string;
  readonly field: string;
  readonly requestId: string;
  readonly case: string; // where the refusal is followed up

  constructor(status: number, p: Partial<Document> = {}) {
    super(p.title ?? p.code ?? `HTTP ${status}`);
    this.name = 'Problem';
    this.status = status;
    this.code = p.code ?? (status === 0 ? 'NO_ANSWER' : 'HTTP_' + status);
    this.titles = p.titles ?? { 'zh-CN': p.title ?? '', en: p.title ?? '' };
    this.detail = p.detail ?? '';
    this.field = p.field ?? '';
    this.requestId = p.requestId ?? '';
    this.case = p.case ?? '';
  }

  // again tells whether the same request may succeed later without being changed.
  get again(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export async function problemOf(response: Response): Promise<Problem> {
  const document = await response.clone().json().catch(() => ({}));
  return new Problem(response.status, document as Partial<Document>);
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(0, { title: error instanceof Error ? error.message : String(error) });
}
