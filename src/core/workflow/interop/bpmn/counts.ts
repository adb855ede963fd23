/** Counts of a BPMN document, from its elements: what is compared before and after an exchange. */

import { walk, type XmlElement } from '../../xml/xml-tree.ts'
import type { DrawingCounts } from '../loss/loss.ts'
import { activities, allEvents, diagramUri, gateways, modelUri } from './vocabulary.ts'

export function countsOf(definitions: XmlElement): DrawingCounts {
  const counts = { tasks: 0, events: 0, gateways: 0, flows: 0, lanes: 0, shapes: 0 }
  for (const { local, uri } of walk(definitions)) {
    if (uri === diagramUri && local === 'BPMNShape') counts.shapes++
    if (uri !== modelUri) continue
    // A global task is what calls refer to; it counts like the task that it is.
    if (activities.has(local) || /^global.*Task$/.test(local)) counts.tasks++
    else if (allEvents.has(local)) counts.events++
    else if (gateways.has(local)) counts.gateways++
    else if (local === 'sequenceFlow') counts.flows++
    else if (local === 'lane') counts.lanes++
  }
  return counts
}
