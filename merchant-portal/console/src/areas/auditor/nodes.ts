import { language } from '@/app/language';
import type { Node } from './collapse';

// useNodeName says what a node is called.
export function useNodeName(): (n: Node) => string {
  return (n) => {
    const name = n.name?.[language()] || n.name?.['zh-CN'];
    switch (n.kind) {
      case 'batch': return [n.lot, name].filter(Boolean).join(' · ');
      case 'party': return name || n.party || '';
      case 'making': return n.party ?? '';
      default: return n.id.slice(n.id.indexOf(':') + 1);
    }
  };
}
