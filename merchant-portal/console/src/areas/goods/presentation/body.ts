// What the form holds, and what the gateway takes and gives for it.
import dayjs, { type Dayjs } from 'dayjs';
import type { Schemas } from '@/api/client';

export type Content = Schemas['NewPresentation'];
type Tongues = { 'zh-CN'?: string; en?: string };
export type Values = {
  story?: Tongues;
  pictures?: { id: string; alt?: Tongues }[];
  videos?: { title?: Tongues; url?: string; live?: boolean; startsAt?: Dayjs | null }[];
  buy?: { label?: Tongues; url?: string; seller?: string }[];
};

export const most = { pictures: 6, videos: 4, buy: 5, story: 2000, label: 60, alt: 120 };

const text = (of?: Tongues) => ({ 'zh-CN': of?.['zh-CN']?.trim() ?? '', en: of?.en?.trim() ?? '' });

export function contentOf(v: Values): Content {
  return {
    story: text(v.story),
    pictures: (v.pictures ?? []).map((p) => ({ id: p.id, alt: text(p.alt) })),
    videos: (v.videos ?? []).map((x) => ({ title: text(x.title), url: x.url?.trim() ?? '', live: !!x.live, ...(x.live && x.startsAt ? { startsAt: x.startsAt.toISOString() } : {}) })),
    buy: linksOf(v.buy),
  };
}

export const linksOf = (links: Values['buy'] = []): Schemas['BuyLink'][] => links.map((b) => ({ label: text(b.label), url: b.url?.trim() ?? '', ...(b.seller ? { seller: b.seller } : {}) }));

export const valuesOf = (c: Content = {}): Values => ({
  story: c.story ?? {}, pictures: c.pictures ?? [], buy: c.buy ?? [],
  videos: (c.videos ?? []).map((v) => ({ ...v, startsAt: v.startsAt ? dayjs(v.startsAt) : null })),
});
