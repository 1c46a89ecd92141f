import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '@/api/client';
import { ProductName } from '@/ui/ProductName';

type Line = Schemas['Line'] & { condition?: Schemas['ReceiptLine']['condition'] };

// LotLines names units: the lot, which pieces of it and, of a receipt, how they arrived.
export function LotLines({ lines }: { lines: Line[] }) {
  const { t } = useTranslation('custody');
  return (
    <ul style={{ paddingLeft: 20 }}>
      {lines.map((l) => (
        <li key={`${l.gtin}/${l.lot}/${l.from}`}>
          <ProductName gtin={l.gtin} /> <Link className="figure" to={`/batches/${l.gtin}/${encodeURIComponent(l.lot)}`}>{l.lot}</Link>{' '}
          <span className="figure quiet">{t(l.count === 1 ? 'shipment.lineOne' : 'shipment.line', { from: l.from + 1, to: l.from + l.count, count: l.count })}</span>{l.condition && <> · {t(`condition.${l.condition}`)}</>}
        </li>
      ))}
    </ul>
  );
}
