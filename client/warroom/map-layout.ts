/** Places the parts of the map in layers, users at the top. */
import { Graph, layout } from '@dagrejs/dagre';
import type { MapEdgeState, MapNodeState } from '../state/service-map.ts';

/** Size of a card, pixels. */
export const CARD = { width: 216, height: 48 };

/** Left upper corners by id. */
export function placeNodes(
  nodes: readonly Pick<MapNodeState, 'id'>[],
  edges: readonly Pick<MapEdgeState, 'from' | 'to'>[],
): Map<string, { x: number; y: number }> {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'TB', ranksep: 40, nodesep: 24 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) graph.setNode(id, { ...CARD });
  for (const { from, to } of edges) graph.setEdge(from, to);
  layout(graph);
  return new Map(
    nodes.map(({ id }) => {
      const { x, y } = graph.node(id) as { x: number; y: number };
      return [id, { x: x - CARD.width / 2, y: y - CARD.height / 2 }];
    }),
  );
}
