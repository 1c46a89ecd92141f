import '@xyflow/react/dist/style.css';
import './graph.css';
import { useQuery } from '@tanstack/react-query';
import { Background, Controls, MiniMap, ReactFlow } from '@xyflow/react';
import { Alert, Flex, Grid } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { answer, api } from '@/api/client';
import { Waiting } from '@/app/Waiting';
import { ProblemNote } from '@/ui/Problem';
import { fold } from './collapse';
import { GraphCard } from './GraphCard';
import { GraphFacts } from './GraphFacts';
import { maxZoom, place } from './layout';
import type { Traced } from './story';

const nodeTypes = { card: GraphCard };
const frames = { desk: { width: 600, height: 540 }, phone: { width: 320, height: 440 } };

// GraphView draws where goods came from and went. What is alike is folded; a node that is chosen is told beside the picture.
export default function GraphView({ gtin, lot, serial }: Traced) {
  const { t } = useTranslation('auditor');
  const [params, setParams] = useSearchParams();
  const wide = Grid.useBreakpoint().md !== false;
  const chosen = params.get('node') ?? '';
  const open = useMemo(() => new Set(params.getAll('open')), [params]);
  const graph = useQuery({
    queryKey: ['graph', gtin, lot, serial],
    queryFn: () => answer(api.GET('/api/v1/provenance/{gtin}/{lot}/graph', { params: { path: { gtin, lot }, query: serial ? { serial } : {} } })),
  });
  const folded = useMemo(() => graph.data && fold(graph.data, open), [graph.data, open]);
  const drawn = useMemo(() => folded && place(folded.shown, folded.edges, graph.data!.center, (e) => (e.units ? t(`edge.${e.kind as 'shipped'}`, { count: e.units }) : ''), wide ? frames.desk : frames.phone), [folded, graph.data, t, wide]);
  if (!drawn || !folded) return graph.error ? <ProblemNote error={graph.error} retry={() => void graph.refetch()} /> : <Waiting />;
  const choose = (id: string) => setParams((p) => { if (id) p.set('node', id); else p.delete('node'); return p; }, { replace: true, preventScrollReset: true });
  const toggle = (id: string) => setParams((p) => {
    const rest = p.getAll('open').filter((o) => o !== id);
    p.delete('open');
    [...rest, ...(open.has(id) ? [] : [id])].forEach((o) => p.append('open', o));
    p.delete('node');
    return p;
  }, { replace: true, preventScrollReset: true });
  const nodes = drawn.nodes.map((n) => ({ ...n, selected: n.id === chosen, ariaLabel: n.data.shown.node?.lot ?? n.data.shown.id }));
  return (
    <>
      {graph.data!.left > 0 && <Alert type="info" showIcon style={{ marginBottom: 12 }} title={t('graph.left', { count: graph.data!.left })} />}
      <Flex gap={16} wrap align="stretch">
        <div className="hairline graph" role="group" aria-label={t('trace.graph')}>
          <ReactFlow nodes={nodes} edges={drawn.edges} nodeTypes={nodeTypes} fitView minZoom={0.05} maxZoom={1.5} nodesConnectable={false} nodesDraggable={false} onlyRenderVisibleElements
            fitViewOptions={{ maxZoom, padding: 0.06 }} proOptions={{ hideAttribution: true }} onNodeClick={(_, n) => choose(n.id)} onPaneClick={() => choose('')}
            onSelectionChange={({ nodes: picked }) => { if (picked.length === 1 && picked[0]!.id !== chosen) choose(picked[0]!.id); }}>
            <Background gap={16} size={1} color="var(--hairline)" />
            <Controls showInteractive={false} />
            {nodes.length > 30 && <MiniMap pannable zoomable ariaLabel={t('graph.map')} nodeColor="var(--quiet)" bgColor="var(--fill)" maskColor="rgba(0,0,0,.15)" />}
          </ReactFlow>
        </div>
        <GraphFacts graph={graph.data!} shown={folded.shown.find((s) => s.id === chosen)} open={open} toggle={toggle} choose={choose} />
      </Flex>
    </>
  );
}
