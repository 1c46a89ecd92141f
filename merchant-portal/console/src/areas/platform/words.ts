import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';
import { language } from '@/app/language';
import type { Tone } from '@/ui/StatusTag';

export type Standing = Schemas['PartyStanding'];

export const standingTones: Record<Standing['standing'], Tone> = { qualified: 'good', applied: 'none', lapsed: 'wait', suspended: 'bad', revoked: 'bad' };
export const alertTones: Record<Schemas['Alert']['status'], Tone> = { open: 'wait', confirmed: 'bad', dismissed: 'none' };
export const complaintTones: Record<Schemas['Complaint']['status'], Tone> = { open: 'wait', answered: 'wait', escalated: 'bad', appealed: 'wait', decided: 'good', withdrawn: 'none' };

// say gives a text in the reader's language.
export const say = (text?: { 'zh-CN'?: string; en?: string }) => text?.[language()] || text?.['zh-CN'] || text?.en || '';

// useDue says what is due, such as a licence with its number.
export function useDue(): (due: Standing['dues'][number]) => string {
  const { t } = useTranslation('platform');
  return (due) => [t(`due.${due.kind}`), due.kind === 'action' ? '' : due.what, due.kind === 'licence' ? due.number : ''].filter(Boolean).join(' · ');
}
