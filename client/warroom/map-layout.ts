/** Places the parts of the map in layers, users at the top. */
import { Graph, layout } from '@dagrejs/dagre';
import type { MapEdgeState, MapNodeState } from '../state/service-map.ts';

/** Size of a card, pixels. */
export const CARD = { width: 216, height: 48 };

/** Left upper corners by id; `card` = size of a card and the gap between layers. */
export function placeNodes(
  nodes: readonly Pick<MapNodeState, 'id'>[],
  edges: readonly Pick<MapEdgeState, 'from' | 'to'>[],
  card: { width: number; height: number; gap: number } = { ...CARD, gap: 40 },
): Map<string, { x: number; y: number }> {
  const { gap, ...size } = card;
  const graph = new Graph();
  graph.setGraph({ rankdir: 'TB', ranksep: gap, nodesep: 24 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) graph.setNode(id, { ...size });
  for (const { from, to } of edges) graph.setEdge(from, to);
  layout(graph);
  return new Map(
    nodes.map(({ id }) => {
      const { x, y } = graph.node(id) as { x: number; y: number };
      return [id, { x: x - size.width / 2, y: y - size.height / 2 }];
    }),
  );
}
