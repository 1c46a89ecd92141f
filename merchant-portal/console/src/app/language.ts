// The language: ?lang= decides, then what was chosen last, then the browser's. Texts lie in src/texts/LANGUAGE/NAMESPACE.json,
// one namespace for each area, and are loaded when an area is opened.
import i18next, { type BackendModule, type ResourceKey } from 'i18next';
import { initReactI18next } from 'react-i18next';
import dayjs from 'dayjs';
import relativeTime from 'dayjs/plugin/relativeTime';
import 'dayjs/locale/zh-cn';
import { figures } from './figure';
import { pseudo } from './pseudo';

export type Language = 'zh-CN' | 'en';
export const languages: readonly Language[] = ['zh-CN', 'en'];
const kept = 'touchstone.language';
const withPseudo = import.meta.env.DEV || import.meta.env.MODE === 'test';

dayjs.extend(relativeTime);

// The texts of the first pages are here from the start; the others come with the pages that speak them.
const first = import.meta.glob<ResourceKey>('../texts/*/{common,overview,signin}.json', { eager: true, import: 'default' });
const files = import.meta.glob<{ default: ResourceKey }>(['../texts/*/*.json', '!../texts/*/{common,overview,signin}.json']);

const told = (tongue: string, text: ResourceKey) => (tongue === 'pseudo' ? pseudo(text) : text);
const folderOf = (tongue: string) => `../texts/${tongue === 'pseudo' ? 'en' : tongue}`;

const texts: BackendModule = {
  type: 'backend',
  init() {},
  read(tongue, namespace, done) {
    const name = `${folderOf(tongue)}/${namespace}.json`;
    if (first[name]) return done(null, told(tongue, first[name]));
    const load = files[name];
    if (!load) return done(new Error(`no texts ${tongue}/${namespace}`), null);
    load().then((file) => done(null, told(tongue, file.default)), (e: Error) => done(e, null));
  },
};

function firstLanguage(): string {
  const asked = new URLSearchParams(window.location.search).get('lang');
  if (asked === 'pseudo' && withPseudo) return asked;
  for (const wish of [asked, localStorage.getItem(kept), ...navigator.languages]) {
    const known = languages.find((l) => wish && l.slice(0, 2) === wish.slice(0, 2));
    if (known) return known;
  }
  return navigator.languages.length > 0 ? 'en' : 'zh-CN'; // English for those who read neither
}

// language is what the gateway is asked in, and what stands in <html lang>.
export function language(): Language {
  return i18next.language?.startsWith('zh') ? 'zh-CN' : 'en';
}

export async function speak(tongue: string): Promise<void> {
  await i18next.changeLanguage(tongue);
  if (tongue !== 'pseudo') localStorage.setItem(kept, tongue);
}

function settle(): void {
  document.documentElement.lang = language();
  dayjs.locale(language() === 'zh-CN' ? 'zh-cn' : 'en');
}

export async function startLanguage(): Promise<void> {
  i18next.on('languageChanged', settle);
  await i18next.use(texts).use(figures).use(initReactI18next).init({
    lng: firstLanguage(),
    fallbackLng: false,
    ns: ['common', 'overview', 'signin'],
    defaultNS: 'common',
    keySeparator: '.',
    interpolation: { escapeValue: false, alwaysFormat: true },
    returnNull: false,
  });
  settle();
}
