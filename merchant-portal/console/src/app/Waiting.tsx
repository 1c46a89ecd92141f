import { Skeleton } from 'antd';

// Waiting stands where a page will be. It takes the page's place, so that nothing jumps.
export function Waiting() {
  return <div style={{ padding: 24, maxWidth: 960 }} aria-busy="true"><Skeleton active paragraph={{ rows: 6 }} /></div>;
}
