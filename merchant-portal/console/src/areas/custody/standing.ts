// How many goods a write is about, in the words of what will stand on the ledger.
import { useTranslation } from 'react-i18next';
import type { Row } from './scan/useScanList';

// useGoods says so many units and boxes, of so many lots where that is known.
export function useGoods(): (units: number, boxes: number, lots?: number) => string {
  const { t } = useTranslation('stands');
  return (units, boxes, lots = 0) => {
    const said = { units: t('goods.units', { count: units }), boxes: t('goods.boxes', { count: boxes }) };
    const what = units > 0 && boxes > 0 ? t('goods.both', said) : boxes > 0 ? said.boxes : said.units;
    return lots > 0 ? t('goods.lots', { what, count: lots }) : what;
  };
}

// useRest says what becomes of that part of a shipment which was not scanned.
export function useRest(): (how: 'missing' | 'open' | 'none') => string {
  const { t } = useTranslation('stands');
  return (how) => t(`rest.${how}`);
}

// countOf counts what was scanned: boxes, and units with their lots. A code that nobody has looked up yet counts as a unit, one that
// nobody knows does not.
export function countOf(rows: Row[]): { units: number; boxes: number; lots: number; damaged: number } {
  const boxes = rows.filter((r) => r.named?.sscc).length;
  const lots = new Set(rows.flatMap((r) => r.unit ?? r.named?.unit ?? []).map((u) => `${u.gtin}/${u.lot}`));
  const unknown = rows.filter((r) => r.named?.fault && !r.unit).length;
  return { units: rows.length - boxes - unknown, boxes, lots: lots.size, damaged: rows.filter((r) => r.damaged).length };
}
