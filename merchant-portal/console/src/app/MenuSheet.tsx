import { CloseOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Button } from '@/plain/Button';
import { SideSheet } from '@/plain/SideSheet';
import { Mark } from './Mark';
import { SideMenu } from './SideMenu';

// MenuSheet is the side menu on a phone.
export default function MenuSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <SideSheet label={t('menu.label')} onClose={onClose}>
      <div style={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center', marginBottom: 16 }}>
        <Mark />
        <Button kind="text" icon={<CloseOutlined />} aria-label={t('close')} onClick={onClose} />
      </div>
      <SideMenu onGo={onClose} />
    </SideSheet>
  );
}
