import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

export type Point = [name: string, count: number | null]; // null where nothing may be told

// CountChart draws counts with ECharts, and says them to those who do not see it.
export function CountChart({ title, kind, points: all }: { title: string; kind: 'line' | 'bar'; points: Point[] }) {
  const { t } = useTranslation('insight');
  const place = useRef<HTMLDivElement>(null);
  const description = t('described', { title, list: all.filter(([, count]) => count).slice(0, 12).map(([name, count]) => `${name} ${count}`).join('; ') });
  const drawn = JSON.stringify(all);
  useEffect(() => {
    if (!place.current || drawn === '[]') return;
    const points = JSON.parse(drawn) as Point[];
    const style = getComputedStyle(place.current);
    const [ink, line] = [style.getPropertyValue('--quiet').trim(), style.getPropertyValue('--hairline').trim()];
    const names = { type: 'category', data: points.map((p) => p[0]), axisLabel: { color: ink, width: 120, overflow: 'truncate' }, axisLine: { lineStyle: { color: line } }, inverse: kind === 'bar' };
    const counts = { type: 'value', minInterval: 5, axisLabel: { color: ink, hideOverlap: true }, splitLine: { lineStyle: { color: line } } };
    const option = {
      animation: false, aria: { enabled: true, label: { description } }, tooltip: { trigger: 'axis' }, grid: { left: 8, right: 24, top: 16, bottom: 8, containLabel: true },
      xAxis: kind === 'line' ? names : counts, yAxis: kind === 'line' ? counts : names,
      series: [{ type: kind, data: points.map((p) => p[1]), symbolSize: 6, barMaxWidth: 18, itemStyle: { color: ink }, lineStyle: { color: ink } }],
    };
    let end: (() => void) | undefined;
    let left = false;
    void import('./chart').then(({ draw }) => { if (!left && place.current) end = draw(place.current, option); });
    return () => { left = true; end?.(); };
  }, [drawn, description, kind]);
  return all.length > 0 && <div ref={place} role="img" aria-label={description} className="hairline" style={{ height: kind === 'line' || all.length > 5 ? 280 : 64 + 40 * all.length, minWidth: 0 }} />;
}
