import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Flex } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type Props = { label: string; at: number; of: number; move: (from: number, to: number) => void; remove: (at: number) => void; children: ReactNode };

// Row is one entry of a list that has an order.
export function Row({ label, at, of, move, remove, children }: Props) {
  const { t } = useTranslation('presentation');
  const named = (what: string) => `${what} · ${label}`;
  return (
    <div role="group" aria-label={label} className="hairline" style={{ padding: '8px 16px 0', marginBottom: 12 }}>
      <Flex justify="space-between" align="center" style={{ marginBottom: 4 }}>
        <strong>{label}</strong>
        <Flex>
          <Button type="text" icon={<ArrowUpOutlined />} aria-label={named(t('up'))} disabled={at === 0} onClick={() => move(at, at - 1)} />
          <Button type="text" icon={<ArrowDownOutlined />} aria-label={named(t('down'))} disabled={at === of - 1} onClick={() => move(at, at + 1)} />
          <Button type="text" icon={<DeleteOutlined />} aria-label={named(t('remove'))} onClick={() => remove(at)} />
        </Flex>
      </Flex>
      {children}
    </div>
  );
}
