import { Select } from 'antd';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { StatusTag } from '@/ui/StatusTag';
import { Place } from './Place';
import type { Row } from './scan/useScanList';

type Props = {
  rows: Row[];
  onRemove: (id: string) => void;
  onChange: (id: string, by: Partial<Row>) => void;
  damaged?: boolean; // whether damage is noted
  caseFor?: string; // the cause of a case about a code that is not found
  shipment?: string;
};

// ScanRows shows what was scanned, the last one first.
export function ScanRows({ rows, ...rest }: Props) {
  return (
    <ol className="scanned" aria-live="polite" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {rows.toReversed().map((r) => <ScanRow key={r.id} row={r} {...rest} />)}
    </ol>
  );
}

// A scanner is faster than a hundred rows are drawn: only those that changed are, and they are the browser's own elements.
const ScanRow = memo(function ScanRow({ row, onRemove, onChange, damaged, caseFor, shipment = '' }: { row: Row } & Omit<Props, 'rows'>) {
  const { t } = useTranslation('custody');
  const language = useTranslation().i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  const { named } = row;
  const tail = row.code.slice(-6);
  const unit = named?.unit ?? named?.choices?.find((c) => c.index === row.unit?.index && c.lot === row.unit?.lot);
  return (
    <li className="hairline">
      <div style={{ display: 'flex', justifyContent: 'space-between', alignItems: 'start', gap: 8 }}>
        <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          {unit && <>{unit.name[language] || unit.name['zh-CN']} <span className="figure quiet">{unit.lot} · {t('scan.piece', { number: unit.index + 1 })} · {(unit.serial ?? row.code).slice(-6)}</span><br /><Place holding={unit.holding} /></>}
          {named?.sscc && <>{t('scan.container')} <span className="figure">{named.sscc}</span></>}
          {!named && <span className="quiet">{t('scan.waiting')} <span className="figure">{tail}</span></span>}
          {!unit && named?.choices && (
            <Select style={{ minWidth: 240 }} placeholder={t('scan.choose')} aria-label={t('scan.choose')} onChange={(i) => { const c = named.choices![i]; if (c) onChange(row.id, { unit: { gtin: c.gtin, lot: c.lot, index: c.index } }); }}
              options={named.choices.map((c, i) => ({ value: i, label: `${c.lot} · ${t('scan.piece', { number: c.index + 1 })}` }))} />
          )}
          {named?.fault && !named.choices && <><StatusTag tone="bad">{t('scan.notFound')}</StatusTag> {named.fault.messages[language] || named.fault.message} <span className="figure quiet">{row.code.slice(0, 24)}</span> {caseFor && <Link to={`/custody/cases/new?${new URLSearchParams({ cause: caseFor, code: row.code, ...(shipment && { shipment }) })}`}>{t('outbox.case')}</Link>}</>}
        </div>
        <div style={{ display: 'flex', alignItems: 'center', gap: 12, flexShrink: 0 }}>
          {damaged && unit && <label style={{ display: 'flex', alignItems: 'center', gap: 6, minHeight: 32 }}><input type="checkbox" style={{ width: 18, height: 18 }} checked={!!row.damaged} onChange={(e) => onChange(row.id, { damaged: e.target.checked })} />{t('scan.damaged')}</label>}
          <button type="button" aria-label={t('scan.remove', { tail })} onClick={() => onRemove(row.id)}>×</button>
        </div>
      </div>
    </li>
  );
});
