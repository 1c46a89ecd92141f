import type { ResourceKey } from 'i18next';

const letters: Record<string, string> = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', A: 'Á', E: 'É', I: 'Í', O: 'Ó', U: 'Ú' };

// pseudo turns texts into ones that can be read and are a third longer: what does not look like this on a page is not translated.
export function pseudo(text: ResourceKey): ResourceKey {
  if (typeof text !== 'string') return Object.fromEntries(Object.entries(text).map(([k, v]) => [k, pseudo(v as ResourceKey)]));
  const parts = text.split(/(\{\{[^}]*\}\}|<[^>]*>)/);
  const told = parts.map((p, i) => (i % 2 ? p : p.replace(/[aeiouAEIOU]/g, (c) => letters[c] ?? c))).join('');
  return `⟦${told}${'·'.repeat(Math.ceil(text.length / 3))}⟧`;
}
