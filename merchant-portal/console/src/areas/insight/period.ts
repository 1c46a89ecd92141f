import dayjs from 'dayjs';
import type { Schemas } from '@/api/client';
import type { Point } from './CountChart';

// everyDay gives each day of a period its count, so that the chart shows the whole of it: none where nobody scanned, and nothing
// where too few did.
export function everyDay(from: string, to: string, figures: Schemas['Figure'][]): Point[] {
  const told = new Map(figures.map((f) => [f.key, f.hidden ? null : f.count]));
  const length = dayjs(to).diff(from, 'day') + 1;
  return Array.from({ length }, (_, i) => dayjs(from).add(i, 'day').format('YYYY-MM-DD')).map((day) => [day, told.has(day) ? told.get(day)! : 0]);
}
