import { Drawer } from 'antd';
import { Mark } from './Mark';
import { SideMenu } from './SideMenu';

// MenuDrawer is the side menu on a phone.
export default function MenuDrawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Drawer placement="left" size={264} open={open} onClose={onClose} title={<Mark />} destroyOnHidden>
      <SideMenu onGo={onClose} />
    </Drawer>
  );
}
