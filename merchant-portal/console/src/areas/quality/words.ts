import type { Schemas } from '@/api/client';
import { language } from '@/app/language';
import type { Tone } from '@/ui/StatusTag';

export const classTones: Record<Schemas['Recall']['class'], Tone> = { I: 'bad', II: 'wait', III: 'none' };
export const qualityTones: Record<Schemas['QualityStatus'], Tone> = { not_required: 'none', awaiting: 'wait', released: 'good', rejected: 'bad', on_hold: 'bad' };

// said gives a text in the reader's language, or in Chinese, which every text has.
export const said = (text?: Schemas['Text']): string => text?.[language()] || text?.['zh-CN'] || '';
