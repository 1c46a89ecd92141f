import { Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { amount, maxContent, type Measure, symbol } from './making';

// Content asks what one unit contains of the measure.
export function Content({ name, measure, label }: { name: string | (string | number)[]; measure: Measure; label?: string }) {
  const { t } = useTranslation('goods');
  return (
    <Form.Item name={name} label={label ?? t('make.content')} style={{ flex: '1 1 140px' }} rules={[{ required: true, message: t('make.contentMissing') }]}>
      <InputNumber<number> min={1} max={maxContent} precision={0} style={{ width: '100%' }} suffix={symbol(measure) || t('units')} />
    </Form.Item>
  );
}

// useAmount says so many of a measure, pieces in the reader's words.
export function useAmount(measure: Measure): (n: number) => string {
  const { t } = useTranslation('goods');
  return (n) => (measure === 'H87' ? t('unitsCount', { count: n }) : amount(measure, n));
}
