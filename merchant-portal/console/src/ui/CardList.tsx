import { Checkbox, Flex } from 'antd';
import type { Column } from './DataTable';

type Props<Row> = {
  name: string; rows: Row[]; rowKey: (row: Row) => string; columns: Column<Row>[];
  chosen?: { rows: Row[]; set: (rows: Row[]) => void };
};

// CardList is a list at the width of a phone: one card for a row.
export function CardList<Row>({ name, rows, rowKey, columns, chosen }: Props<Row>) {
  const heading = columns.find((c) => c.card === 'title') ?? columns[0];
  const beside = columns.filter((c) => c.card === 'head');
  const others = columns.filter((c) => c !== heading && c.card !== false && c.card !== 'head');
  return (
    <ul className="card-list" aria-label={name}>
      {rows.map((row) => {
        const key = rowKey(row);
        const on = chosen?.rows.some((r) => rowKey(r) === key) ?? false;
        const toggle = () => chosen?.set(on ? chosen.rows.filter((r) => rowKey(r) !== key) : [...chosen.rows, row]);
        return (
          <li key={key} className="hairline">
            <Flex gap={8} align="center" justify="space-between">
              <strong style={{ minWidth: 0 }}>{heading?.render(row)}</strong>
              {beside.map((c) => <span key={c.key} style={{ marginLeft: 'auto' }}>{c.render(row)}</span>)}
              {chosen && <Checkbox checked={on} onChange={toggle} aria-label={key} />}
            </Flex>
            {others.map((c) => (
              <Flex key={c.key} justify="space-between" gap={16} style={{ marginTop: 6 }}>
                {c.title ? <span className="quiet" style={{ flexShrink: 0 }}>{c.title}</span> : <span />}
                <span style={{ textAlign: 'right', minWidth: 0, overflowWrap: 'anywhere' }}>{c.render(row)}</span>
              </Flex>
            ))}
          </li>
        );
      })}
    </ul>
  );
}
