/** A map as the product draws it, ready to be measured. */
import { drawingOf } from '../../../../src/core/workflow/drawing/drawing.ts'
import { occupiedBy, wordsArea } from '../../../../src/core/workflow/drawing/label-room.ts'
import type { Graph } from '../../../../src/core/workflow/map/workflow.ts'
import type { Picture } from './measure.ts'

export function pictureOf(graph: Graph): Picture {
  const { boxes, flows } = drawingOf(graph)
  const names = [...boxes.values()].flatMap((box) => {
    const node = graph.nodes.get(box.id)
    return node
      ? occupiedBy(node, box)
          .slice(1)
          .map((area) => ({ ...area, of: box.id }))
      : []
  })
  const words = flows
    .filter((flow) => flow.words !== '')
    .map(({ edge, words: text, at }) => ({ ...wordsArea(text, at), of: edge.id }))
  return { boxes, lines: flows.map(({ edge, way }) => ({ from: edge.from, to: edge.to, way })), words: [...names, ...words] }
}
