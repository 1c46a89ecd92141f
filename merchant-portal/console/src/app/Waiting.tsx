import { Bars } from '@/plain/Bars';

// Waiting stands where a page will be. It takes the page's place, so that nothing jumps.
export function Waiting() {
  return <div style={{ padding: 24, maxWidth: 960 }}><Bars rows={7} /></div>;
}
