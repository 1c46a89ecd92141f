import {
  AppstoreOutlined, AuditOutlined, BarChartOutlined, BellOutlined, FileDoneOutlined, HomeOutlined, NodeIndexOutlined, QrcodeOutlined,
  SafetyCertificateOutlined, SettingOutlined, SwapOutlined, TeamOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';

const icons: Record<string, ReactNode> = {
  overview: <HomeOutlined />, goods: <AppstoreOutlined />, labels: <QrcodeOutlined />, custody: <SwapOutlined />, quality: <SafetyCertificateOutlined />,
  messages: <BellOutlined />, settings: <SettingOutlined />, parties: <TeamOutlined />, watch: <AuditOutlined />, trace: <NodeIndexOutlined />,
  insight: <BarChartOutlined />, application: <FileDoneOutlined />,
};

export function menuIcon(key: string): ReactNode {
  return icons[key];
}
