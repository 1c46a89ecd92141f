// Every page of the console: its route as areas/*/routes.tsx spells it, the roles that work with it, and where the demo has one
// to look at. What the demo has none of is made. everypage.test.mjs fails for a route without an entry; to give a route one, add a line.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { api, cases } from './kit.mjs';

const areas = new URL('../../../../merchant-portal/console/src/areas/', import.meta.url);
const merchants = ['producer', 'seller', 'distributor'];
const watchers = ['platform', 'auditor'];
const everybody = [...merchants, 'platform', 'auditor', 'inspector'];
const nobody = [undefined];

const batch = '06998801900015/202610A01';
const pallet = '369988010000000013'; // the demo packed it

// first is the first of a list, and what `make` makes where there is none.
const first = async (role, list, make) => (await api(role, 'GET', `/api/v1/${list}`)).items[0] ?? make?.();

const received = async () => (await first('seller', 'shipments?to=xiaohe-store&limit=1')).id;
const underWay = async () => (await first('seller', 'shipments?open=true&to=xiaohe-store&limit=1', aShipment)).id;

async function aShipment() {
  const made = { gtin: '06998801900138', lot: `WALK${Date.now()}`.slice(0, 16), quantity: 3 };
  await api('producer', 'POST', '/api/v1/batches', { ...made, producedOn: new Date().toISOString().slice(0, 10) });
  return api('producer', 'POST', '/api/v1/shipments', { to: 'xiaohe-store', lines: [{ gtin: made.gtin, lot: made.lot, from: 0, count: 3 }] });
}

const aCase = async () => (await first('seller', 'cases?limit=1', () => api('seller', 'POST', '/api/v1/cases', { cause: 'damage', fix: 'send_replacement', with: 'chengyan', note: '外箱受潮' }))).id;
const complaint = async (role) => (await first(role, 'complaints?limit=1')).id;

const anImport = async () => (await first('producer', 'jobs?kind=import&limit=1', importWrongRows)).id;

async function importWrongRows() {
  const table = new FormData();
  table.set('kind', 'products');
  table.set('file', new Blob(['商品条码,商品名称,品牌\n6998801900018,校验位不符,澄岩\n']), 'goods.csv');
  const answer = await fetch(`${cases.gateway}/api/v1/imports?dryRun=true&summary=true`, { method: 'POST', body: table, headers: { Authorization: `Bearer ${cases.keys.producer}` } });
  return answer.json();
}

async function aWebhook() {
  const all = await api('producer', 'GET', '/api/v1/webhooks');
  return (all[0] ?? await api('producer', 'POST', '/api/v1/webhooks', { url: 'https://erp.example.com/touchstone' })).id;
}

// aReport is a reported code that waits for an answer.
async function aReport() {
  const open = 'reported-codes?status=open&limit=1';
  const known = await first('platform', open);
  if (known) return known.id;
  const forged = `${cases.verifier}/01/06998801900015/10/202610A01/21/${'Z'.repeat(7)}${Date.now()}`;
  const sent = await fetch(forged, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ text: '扫出来查不到' }), headers: { Origin: cases.verifier, Accept: 'text/html' } });
  assert.equal(sent.status, 303, await sent.text());
  return (await first('platform', open)).id;
}

// The pages: route, roles (the first is who looks at it), and its address where the route has places to fill.
const pages = {
  '': [everybody], application: [['seller', 'producer']],
  signin: [nobody], signup: [nobody], invitation: [nobody],
  goods: [merchants], 'goods/new': [['producer']], 'goods/:gtin': [merchants, () => '06998801900015'], 'goods/:gtin/buy-links': [['seller', 'distributor'], () => '06998801900015/buy-links'], 'goods/:gtin/presentation': [['producer'], () => '06998801900015/presentation'],
  imports: [['producer']], 'imports/:id': [['producer'], anImport],
  insight: [['producer', 'seller', 'auditor']],
  batches: [merchants], 'batches/new': [['producer']], 'batches/make': [['producer']], 'batches/:gtin/:lot': [merchants, () => batch],
  labels: [['producer'], () => `?batch=${encodeURIComponent(batch)}`], 'labels/printers': [['producer']],
  custody: [merchants], 'custody/ship': [merchants], 'custody/receive/:id': [['seller'], underWay], 'custody/sell': [['seller']],
  'custody/return': [['seller']], 'custody/pack': [merchants], 'custody/decommission': [merchants], 'custody/containers': [merchants], 'custody/containers/:sscc': [['producer', 'seller'], () => pallet], 'custody/find': [merchants],
  'custody/scanner': [merchants], 'custody/cases': [merchants], 'custody/cases/new': [merchants], 'custody/cases/:id': [['seller', 'producer'], aCase],
  'custody/shipments/:id': [['seller', 'producer'], received],
  'quality/recalls': [everybody], 'quality/recalls/new': [['producer', 'platform']], 'quality/recalls/:id': [everybody, async () => (await first('producer', 'recalls?limit=1')).id],
  'quality/inspections': [everybody], 'quality/inspections/records': [everybody], 'quality/inspections/:gtin/:lot': [everybody, () => batch],
  'quality/standards': [everybody], 'quality/standards/new': [['platform']], 'quality/standards/:id': [everybody, async () => (await first('platform', 'standards?limit=1')).id],
  'quality/complaints': [everybody], 'quality/complaints/:id': [['seller'], () => complaint('seller')], 'quality/reviews': [['producer', 'seller', 'platform']],
  messages: [everybody],
  settings: [everybody], 'settings/security': [everybody], 'settings/team': [['producer', 'platform']], 'settings/keys': [['producer', 'platform']],
  'settings/webhooks': [['producer']], 'settings/webhooks/:id': [['producer'], aWebhook], 'settings/terms': [['producer', 'seller']], 'settings/audit': [['producer', 'platform']],
  'platform/parties': [['platform']], 'platform/parties/:id': [['platform'], () => 'xiaohe-store'], 'platform/applications': [['platform']], 'platform/calendar': [['platform']],
  'platform/watch': [watchers], 'platform/alerts/:id': [watchers, async () => (await first('platform', 'alerts?limit=1')).id],
  'platform/complaints': [watchers], 'platform/complaints/:id': [watchers, () => complaint('platform')], 'platform/corrections': [['platform']],
  'platform/reports': [watchers], 'platform/reports/:id': [watchers, aReport],
  auditor: [['auditor', 'platform', 'inspector']], 'auditor/batches/:gtin/:lot': [['auditor', 'platform'], () => batch], 'auditor/containers/:id': [['auditor'], () => pallet],
  'auditor/shipments/:id': [['auditor'], received], 'auditor/health': [['auditor', 'platform']],
};

// Routes that only lead on to another.
const leads = ['platform', 'quality'];

// routes are those that the areas have.
export function routes() {
  const files = readdirSync(areas).map((area) => readFileSync(new URL(`${area}/routes.tsx`, areas), 'utf8'));
  return files.flatMap((text) => [...text.matchAll(/\{ (?:path: '([^']+)'|index: true),/g)].map((m) => m[1] ?? '')).filter((route) => !leads.includes(route));
}

// places gives every page's route, the roles that work with it and its address.
export async function places() {
  assert.deepEqual(Object.keys(pages).sort(), routes().sort(), 'pages.mjs and the areas\' routes differ');
  const all = [];
  for (const [route, [roles, find]] of Object.entries(pages)) {
    const fixed = route.replace(/\/?:.*$/, '');
    const found = await find?.();
    all.push({ route, roles, path: `/${fixed}${found === undefined ? '' : found.startsWith('?') ? found : `/${found}`}` });
  }
  return all;
}
