import { Button, Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { figure } from '@/app/figure';
import { Id } from '@/ui/Id';
import { LedgerRef } from '@/ui/LedgerRef';
import { Time } from '@/ui/Time';
import type { Graph, Node, Shown } from './collapse';
import { batchPath } from './hits';
import { useNodeName } from './nodes';
import { PartyName } from '@/ui/PartyName';

type Props = { graph: Graph; shown?: Shown; open: ReadonlySet<string>; toggle: (fold: string) => void; choose: (id: string) => void };

// GraphFacts tells about the node that is chosen, and how to read the picture while none is.
export function GraphFacts({ graph, shown, open, toggle, choose }: Props) {
  const { t } = useTranslation('auditor');
  const nameOf = useNodeName();
  return (
    <aside className="hairline graph-facts" aria-live="polite" aria-label={t('graph.facts')}>
      {!shown && <>
        <p className="quiet" style={{ marginTop: 0 }}>{t('graph.how')}</p>
        <p className="figure">{t('graph.counts', { nodes: graph.nodes.length, edges: graph.edges.length })}</p>
        {[...open].map((id) => <p key={id}><Button size="small" onClick={() => toggle(id)}>{t('graph.foldAgain', { kind: t(`node.${id.split('|')[0] as 'shipment'}`) })}</Button></p>)}
      </>}
      {shown?.fold && <>
        <h2 style={{ fontSize: 16, marginTop: 0 }}>{t(`node.${shown.fold.kind}`)} · {t('graph.fold', { count: shown.fold.members.length })}</h2>
        <Button onClick={() => toggle(shown.fold!.id)}>{t('graph.unfold')}</Button>
        <ul style={{ paddingLeft: 18 }}>{shown.fold.members.slice(0, 50).map((m) => <li key={m.id}>{nameOf(m)} {m.txIds?.[0] && <LedgerRef txId={m.txIds[0]} />}</li>)}</ul>
        {shown.fold.members.length > 50 && <p className="quiet">{t('graph.rest', { count: shown.fold.members.length - 50 })}</p>}
      </>}
      {shown?.node && <Facts node={shown.node} graph={graph} choose={choose} />}
    </aside>
  );
}

function Facts({ node, graph, choose }: { node: Node; graph: Graph; choose: (id: string) => void }) {
  const { t } = useTranslation('auditor');
  const nameOf = useNodeName();
  const known = new Map(graph.nodes.map((n) => [n.id, n]));
  const next = graph.edges.filter((e) => e.from === node.id || e.to === node.id).slice(0, 40);
  const items = [
    node.lot && { key: 'lot', label: t('lot'), children: <Id value={node.lot} to={node.id === graph.center ? undefined : batchPath(node.gtin!, node.lot)} /> },
    node.gtin && { key: 'gtin', label: t('gtin'), children: <Id value={node.gtin} /> },
    node.quantity && { key: 'quantity', label: t('quantity'), children: <span className="figure">{figure(node.quantity)}</span> },
    node.party && node.kind !== 'party' && { key: 'party', label: t('col.by'), children: <PartyName id={node.party} /> },
    node.to && { key: 'to', label: t('col.to'), children: <PartyName id={node.to} /> },
    node.at && { key: 'at', label: t('col.at'), children: <Time at={node.at} /> },
    node.until && { key: 'until', label: t('graph.until'), children: <Time at={node.until} /> },
    node.txIds?.length && { key: 'tx', label: t('col.proof'), children: node.txIds.map((id) => <div key={id}><LedgerRef txId={id} /></div>) },
  ].filter((i) => !!i);
  return (
    <>
      <h2 style={{ fontSize: 16, marginTop: 0 }}>{t(`node.${node.kind}`)} · {nameOf(node)}</h2>
      {items.length > 0 && <Descriptions size="small" column={1} items={items} />}
      {node.kind === 'container' && <p><Link to={`/auditor/containers/${node.id.slice(10)}`}>{t('graph.inside')}</Link></p>}
      {node.holdings && <ul style={{ paddingLeft: 18 }}>{node.holdings.map((h) => <li key={h.lot + h.state}>{h.lot} · {t(`state.${h.state as 'held'}`)} · <span className="figure">{t('units', { count: h.count })}</span></li>)}</ul>}
      <ul style={{ listStyle: 'none', padding: 0 }}>{next.map((e) => {
        const other = known.get(e.from === node.id ? e.to : e.from);
        return other && <li key={e.from + e.to + e.kind}><Button type="link" size="small" style={{ padding: 0 }} onClick={() => choose(other.id)}>{e.from === node.id ? '→' : '←'} {t(`node.${other.kind}`)} {nameOf(other)}</Button></li>;
      })}</ul>
    </>
  );
}
