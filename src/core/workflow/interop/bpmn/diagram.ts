/** Where a BPMN document draws what: bounds by the element they belong to, and what is drawn of nothing on the map. */
import type { Json } from '../../../canonical.ts'
import { jsonOfXml } from '../../xml/xml-text.ts'
import { elementsOf, walk, type XmlElement } from '../../xml/xml-tree.ts'
import { boundsUri, diagramUri } from './vocabulary.ts'

export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** Lanes and pools that run from top to bottom. */
  readonly vertical: boolean
}

export interface Diagram {
  readonly bounds: ReadonlyMap<string, Bounds>
  /** Shapes and edges of elements that are not drawn on the map, and further diagrams: written back as they are. */
  kept(isDrawn: (id: string) => boolean): { readonly shapes: readonly Json[]; readonly diagrams: readonly Json[] }
}

export function diagramOf(definitions: XmlElement): Diagram {
  const diagrams = elementsOf(definitions).filter(({ local, uri }) => uri === diagramUri && local === 'BPMNDiagram')
  const [first, ...further] = diagrams
  const bounds = new Map<string, Bounds>()
  const parts = [...(first ? walk(first) : [])].filter(({ local }) => local === 'BPMNShape' || local === 'BPMNEdge')
  for (const shape of parts) {
    const box = elementsOf(shape).find(({ local, uri }) => uri === boundsUri && local === 'Bounds')
    const of = refOf(shape)
    if (!box || of === null || bounds.has(of)) continue
    const at = (name: string): number => Number(box.attributes.get(name) ?? 0) || 0
    const vertical = shape.attributes.get('isHorizontal') === 'false'
    bounds.set(of, { x: at('x'), y: at('y'), width: at('width'), height: at('height'), vertical })
  }
  return {
    bounds,
    kept: (isDrawn) => ({
      shapes: parts.filter((part) => !isDrawn(refOf(part) ?? '')).map(jsonOfXml),
      diagrams: further.map(jsonOfXml),
    }),
  }
}

/** `bpmnElement` is a qualified name; ids have no prefix of their own. */
function refOf(part: XmlElement): string | null {
  return localRef(part.attributes.get('bpmnElement'))
}

export function localRef(text: string | undefined): string | null {
  if (text === undefined) return null
  const name = text.trim()
  return name.slice(name.indexOf(':') + 1)
}
