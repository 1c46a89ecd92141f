import { Select, type SelectProps } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client';

type Duty = Schemas['Duty'];
const duties: Duty[] = ['owner', 'goods', 'warehouse', 'read_only'];

// DutySelect chooses a duty and says what it may do.
export function DutySelect(props: Pick<SelectProps<Duty>, 'value' | 'onChange' | 'loading' | 'disabled' | 'id' | 'aria-label' | 'style'>) {
  const { t } = useTranslation('settings');
  return (
    <Select<Duty> {...props} popupMatchSelectWidth={false} optionLabelProp="label" options={duties.map((d) => ({ value: d, label: t(`duty.${d}`) }))}
      optionRender={({ value }) => <div style={{ maxWidth: 320, whiteSpace: 'normal' }}>{t(`duty.${value as Duty}`)}<br /><span className="quiet">{t(`dutyWhat.${value as Duty}`)}</span></div>} />
  );
}
