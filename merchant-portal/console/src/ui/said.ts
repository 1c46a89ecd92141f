import { language } from '@/app/language';

type Bilingual = { 'zh-CN'?: string; en?: string };

// said gives a text in the reader's language, in the other one where it has no words in his.
export function said(text?: Bilingual): string {
  if (!text) return '';
  return (language() === 'en' ? text.en || text['zh-CN'] : text['zh-CN'] || text.en) ?? '';
}

// joined puts several things into one line.
export const joined = (all: string[]): string => all.join(language() === 'en' ? ', ' : '、');
