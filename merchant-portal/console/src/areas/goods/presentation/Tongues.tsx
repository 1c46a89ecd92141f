import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

type Path = (string | number)[];
type Props = { name: Path; label: string; max: number; needed?: boolean; rows?: number; list?: Path };

// Tongues is a text in Chinese, which shoppers read first, and in English, which needs its Chinese.
export function Tongues({ name, label, max, needed, rows, list = [] }: Props) {
  const { t } = useTranslation('presentation');
  const form = Form.useFormInstance();
  const zh = [...name, 'zh-CN'];
  const en = [...name, 'en'];
  const long = { max, message: t('tooLong', { max }) };
  const missing = {
    validator: (_: unknown, v?: string) => (!v?.trim() && (needed || (form.getFieldValue([...list, ...en]) as string | undefined)?.trim()) ? Promise.reject(new Error(t('zhMissing'))) : Promise.resolve()),
  };
  const field = (onBlur?: () => void) => (rows ? <Input.TextArea autoSize={{ minRows: rows, maxRows: 16 }} onBlur={onBlur} /> : <Input onBlur={onBlur} />);
  const lookBack = () => void form.validateFields([[...list, ...zh]]).catch(() => undefined);
  return (
    <div className="pair">
      <Form.Item name={zh} label={t('inChinese', { label })} dependencies={[[...list, ...en]]} rules={[missing, long]}>{field()}</Form.Item>
      <Form.Item name={en} label={t('inEnglish', { label })} rules={[long]}>{field(lookBack)}</Form.Item>
    </div>
  );
}
