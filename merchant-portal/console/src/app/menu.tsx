// What stands in the menu, by role: at most seven entries, each with the pages of its area below it while it is open.
// To add a page to the menu, add a line to `entries`, and name the entry in the lists of the roles that need it.
import type { Operation } from './session';

export type Entry = { key: string; path: string; text: MenuText; pages?: Page[]; within?: string[] }; // within: what else belongs to it
export type Page = { path: string; text: MenuText; operation?: Operation };
type MenuText =
  | 'menu.overview' | 'menu.goods' | 'menu.imports' | 'menu.batches' | 'menu.labels' | 'menu.jobs' | 'menu.custody' | 'menu.quality' | 'menu.recalls' | 'menu.inspections'
  | 'menu.complaints' | 'menu.reviews' | 'menu.messages' | 'menu.settings' | 'menu.profile' | 'menu.security' | 'menu.team' | 'menu.keys' | 'menu.webhooks' | 'menu.audit' | 'menu.terms' | 'menu.parties' | 'menu.watch' | 'menu.trace' | 'menu.insight' | 'menu.application';

const entries = {
  overview: { key: 'overview', path: '/', text: 'menu.overview' },
  goods: { key: 'goods', path: '/goods', text: 'menu.goods', pages: [
    { path: '/goods', text: 'menu.goods' }, { path: '/imports', text: 'menu.imports', operation: 'importFile' }, { path: '/insight', text: 'menu.insight' }] },
  labels: { key: 'labels', path: '/batches', text: 'menu.labels', pages: [
    { path: '/batches', text: 'menu.batches' }, { path: '/labels', text: 'menu.jobs', operation: 'printLabels' }] },
  custody: { key: 'custody', path: '/custody', text: 'menu.custody' },
  quality: { key: 'quality', path: '/quality', text: 'menu.quality', pages: [
    { path: '/quality/recalls', text: 'menu.recalls' }, { path: '/quality/inspections', text: 'menu.inspections' },
    { path: '/quality/complaints', text: 'menu.complaints' }, { path: '/quality/reviews', text: 'menu.reviews' }] },
  messages: { key: 'messages', path: '/messages', text: 'menu.messages' },
  settings: { key: 'settings', path: '/settings', text: 'menu.settings', pages: [
    { path: '/settings', text: 'menu.profile' }, { path: '/settings/security', text: 'menu.security' }, { path: '/settings/team', text: 'menu.team', operation: 'listTeam' },
    { path: '/settings/keys', text: 'menu.keys', operation: 'listKeys' },
    { path: '/settings/webhooks', text: 'menu.webhooks', operation: 'listWebhooks' }, { path: '/settings/audit', text: 'menu.audit', operation: 'listAudit' },
    { path: '/settings/terms', text: 'menu.terms', operation: 'getCustodyTerms' }] },
  parties: { key: 'parties', path: '/platform/parties', text: 'menu.parties', within: ['/platform/applications', '/platform/calendar'] },
  watch: { key: 'watch', path: '/platform/watch', text: 'menu.watch', within: ['/platform', '/custody/cases', '/custody/shipments'] },
  trace: { key: 'trace', path: '/auditor', text: 'menu.trace' },
  insight: { key: 'insight', path: '/insight', text: 'menu.insight' },
  application: { key: 'application', path: '/application', text: 'menu.application' },
} satisfies Record<string, Entry>;

const merchant: Entry[] = [entries.overview, entries.goods, entries.labels, entries.custody, entries.quality, entries.messages, entries.settings];

export const menus: Record<string, Entry[]> = {
  producer: merchant,
  distributor: merchant,
  seller: merchant,
  platform: [entries.overview, entries.parties, entries.watch, entries.quality, entries.trace, entries.messages, entries.settings],
  auditor: [entries.overview, entries.trace, entries.watch, entries.quality, entries.insight, entries.messages, entries.settings],
  inspector: [entries.overview, entries.quality, entries.trace, entries.messages, entries.settings],
  applicant: [entries.overview, entries.application, entries.messages, entries.settings],
  creator: [entries.insight, entries.settings],
};
