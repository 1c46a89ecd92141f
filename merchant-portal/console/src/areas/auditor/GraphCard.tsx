import { Handle, Position, type NodeProps } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import type { Card } from './layout';
import { useNodeName } from './nodes';

// GraphCard is a node of the picture: what it is, and what it is called.
export function GraphCard({ data }: NodeProps<Card>) {
  const { t } = useTranslation('auditor');
  const nameOf = useNodeName();
  const { node, fold } = data.shown;
  const kind = node?.kind ?? fold!.kind;
  return (
    <div className={`graph-card ${kind}${data.center ? ' center' : ''}${fold ? ' fold' : ''}${node?.kind === 'container' && node.status === 'opened' ? ' opened' : ''}`}>
      <Handle type="target" position={data.down ? Position.Top : Position.Left} isConnectable={false} />
      <div className="quiet line">{t(`node.${kind}`)}{node?.kind === 'container' && node.status === 'opened' && ` · ${t('container.opened')}`}{node?.more && ` · ${t('graph.more')}`}</div>
      <div className="line">{node ? nameOf(node) : t('graph.fold', { count: fold!.members.length })}</div>
      <Handle type="source" position={data.down ? Position.Bottom : Position.Right} isConnectable={false} />
    </div>
  );
}
