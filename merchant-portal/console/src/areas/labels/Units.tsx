import { Flex, Form, InputNumber, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { Codes } from './Codes';
import type { Choice } from './order';

type Props = { choice: Choice; change: (c: Partial<Choice>) => void; batch: { gtin: string; lot: string }; quantity: number };

// Units chooses which labels: the whole batch, a part of it, or single ones again.
export function Units({ choice, change, batch, quantity }: Props) {
  const { t } = useTranslation('labels');
  const number = (label: string, value: number, set: (v: number) => void) => (
    <InputNumber<number> aria-label={label} prefix={<span className="quiet">{label}</span>} min={1} max={quantity || undefined} precision={0} value={value} onChange={(v) => v && set(v)} style={{ width: 160 }} />
  );
  return (
    <Form.Item label={t('units')}>
      <Radio.Group value={choice.units} onChange={(e) => change({ units: e.target.value as Choice['units'] })} options={[
        { value: 'all', label: t('unitsAll', { count: quantity }) }, { value: 'range', label: t('unitsRange') }, { value: 'codes', label: t('unitsCodes') }]} />
      {choice.units === 'range' && <Flex gap={8} wrap style={{ marginTop: 8 }}>{number(t('first'), choice.first, (first) => change({ first, last: Math.max(first, choice.last) }))}{number(t('last'), choice.last, (last) => change({ last, first: Math.min(last, choice.first) }))}</Flex>}
      {choice.units === 'codes' && <Codes batch={batch} codes={choice.codes} change={(codes) => change({ codes })} />}
    </Form.Item>
  );
}
