/** draw.io (diagrams.net) → a map: swimlanes are lanes, shapes tell kinds, connectors are flows. Plain and compressed files. */
import { Inflate } from 'fflate'
import { fromBase64url } from '../../base64url.ts'
import { utf8 } from '../../canonical.ts'
import { placed } from '../drawing/layout.ts'
import { readGraph } from '../map/read.ts'
import type { Graph, NodeType, WorkflowSide } from '../map/workflow.ts'
import { workflowFormat } from '../map/workflow.ts'
import { XmlFault } from '../xml/xml-fault.ts'
import { elementsOf, readXmlTree, textIn, walk, type XmlElement } from '../xml/xml-tree.ts'
import type { DrawingCounts, Loss } from './loss/loss.ts'

export interface DrawioReading {
  readonly graph: Graph
  readonly counts: DrawingCounts
  readonly losses: readonly Loss[]
}

interface Cell {
  readonly id: string
  readonly label: string
  readonly style: ReadonlyMap<string, string>
  readonly parent: string
  readonly isEdge: boolean
  readonly source: string
  readonly target: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export function isDrawio(root: XmlElement): boolean {
  return root.local === 'mxfile' || root.local === 'mxGraphModel'
}

/** @throws XmlFault with a sentence where the file is no draw.io file or its drawing can not be unpacked */
export function readDrawio(root: XmlElement, side: WorkflowSide, id = 'workflow'): DrawioReading {
  if (!isDrawio(root)) throw new XmlFault(`The file is XML, but not of draw.io: its first element is <${root.name}>.`, null, true)
  const losses: Loss[] = []
  const pages = root.local === 'mxfile' ? elementsOf(root).filter(({ local }) => local === 'diagram') : [root]
  const [page, ...further] = pages
  if (!page) throw new XmlFault('The draw.io file holds no page.', null, true)
  for (const other of further)
    losses.push({
      id: other.attributes.get('id') ?? '',
      what: `page “${other.attributes.get('name') ?? ''}”`,
      why: 'only the first page is read; save the page as a file of its own',
    })
  const cells = cellsOf(modelOf(page))
  return drawn(cells, losses, { id, side, label: page.attributes.get('name') ?? id })
}

/** The model of a page, unpacked where it is compressed: base64 of raw deflate of percent-encoded XML. */
function modelOf(page: XmlElement): XmlElement {
  if (page.local === 'mxGraphModel') return page
  const inside = elementsOf(page).find(({ local }) => local === 'mxGraphModel')
  if (inside) return inside
  const packed = fromBase64url(textIn(page).replace(/\s+/g, '').replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''))
  if (!packed) throw new XmlFault(`Line ${page.line}: the page is neither XML nor a packed drawing.`, null, true)
  let xml: string
  try {
    xml = decodeURIComponent(new TextDecoder().decode(unpacked(packed)))
  } catch (error) {
    if (error instanceof XmlFault) throw error
    throw new XmlFault(`Line ${page.line}: the packed drawing is damaged. Save the file again, without compression.`, null, true)
  }
  return readXmlTree(utf8(xml))
}

/** Bytes of a packed page; its text stands four times in memory until it is a tree. */
const longestPage = 8 << 20

function unpacked(bytes: Uint8Array): Uint8Array {
  const chunks: Uint8Array[] = []
  let size = 0
  const inflate = new Inflate((chunk) => {
    size += chunk.length
    if (size > longestPage)
      throw new XmlFault(`The packed drawing grows beyond ${longestPage >> 20} MB. Save it in smaller pages.`, null, true)
    chunks.push(chunk)
  })
  // In pieces, so that a bomb is stopped while it grows.
  for (let at = 0; at < bytes.length; at += 4096) inflate.push(bytes.subarray(at, at + 4096), at + 4096 >= bytes.length)
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

function cellsOf(model: XmlElement): readonly Cell[] {
  const cells: Cell[] = []
  const wrappers = new Map<XmlElement, XmlElement>()
  for (const element of walk(model))
    if (element.local === 'object' || element.local === 'UserObject')
      for (const child of elementsOf(element)) wrappers.set(child, element)
  for (const element of walk(model)) {
    if (element.local !== 'mxCell') continue
    // A cell with properties of its own lies inside an element that carries its id and label.
    const wrapper = wrappers.get(element)
    const attribute = (name: string): string => element.attributes.get(name) ?? ''
    const geometry = elementsOf(element).find(({ local }) => local === 'mxGeometry')
    const number = (name: string): number => Number(geometry?.attributes.get(name) ?? 0) || 0
    cells.push({
      id: wrapper?.attributes.get('id') ?? attribute('id'),
      label: plain(wrapper?.attributes.get('label') ?? attribute('value')),
      style: styleOf(attribute('style')),
      parent: attribute('parent'),
      isEdge: attribute('edge') === '1',
      source: attribute('source'),
      target: attribute('target'),
      x: number('x'),
      y: number('y'),
      width: number('width'),
      height: number('height'),
    })
  }
  return cells
}

/** `ellipse;shape=x;rounded=1`: names without a value stand for themselves. */
function styleOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    text
      .split(';')
      .filter((part) => part !== '')
      .map((part) => {
        const at = part.indexOf('=')
        return at < 0 ? ([part, '1'] as const) : ([part.slice(0, at), part.slice(at + 1)] as const)
      }),
  )
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', apos: "'" }

/** Labels may be HTML; only their words are taken. */
function plain(label: string): string {
  return label
    .replace(/<(br|\/p|\/div|\/li)\b[^>]*>/gi, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#(\d{1,7})|(\w{1,6}));/g, (whole, code, name) => {
      if (code === undefined) return entities[name] ?? whole
      const point = Number(code)
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole
    })
    .replace(/\s+/g, ' ')
    .trim()
}

function drawn(
  cells: readonly Cell[],
  losses: Loss[],
  head: { readonly id: string; readonly side: WorkflowSide; readonly label: string },
): DrawioReading {
  const byId = new Map(cells.map((cell) => [cell.id, cell]))
  const lose = (cell: Cell, why: string): void =>
    void losses.push({ id: cell.id, what: cell.label === '' ? 'shape' : `“${cell.label}”`, why })
  const swimlanes = new Set(
    cells.filter((cell) => cell.style.has('swimlane') || cell.style.get('shape') === 'swimlane').map((cell) => cell.id),
  )
  const pools = new Set(cells.filter((cell) => swimlanes.has(cell.id) && swimlanes.has(cell.parent)).map((cell) => cell.parent))
  const lanes = cells
    .filter((cell) => swimlanes.has(cell.id) && !pools.has(cell.id))
    .sort((a, b) => topOf(a, byId) - topOf(b, byId))
  const edges = cells.filter((cell) => cell.isEdge)
  const labels = new Map<string, string>()
  const nodes: Cell[] = []
  for (const cell of cells) {
    if (cell.isEdge || swimlanes.has(cell.id)) continue
    if (byId.get(cell.parent)?.isEdge) labels.set(cell.parent, [labels.get(cell.parent), cell.label].filter(Boolean).join(' '))
    else if (cell.style.has('group')) lose(cell, 'a group is not drawn; what it holds is')
    else if (cell.width > 0 || cell.height > 0) nodes.push(cell)
  }
  for (const pool of pools) {
    const cell = byId.get(pool)
    if (cell) lose(cell, 'a pool is not drawn; its lanes are')
  }
  const known = new Set(nodes.map((cell) => cell.id))
  const flows = edges.filter((cell) => {
    if (known.has(cell.source) && known.has(cell.target)) return true
    lose(cell, 'one of its ends is fixed to no shape, so it is not drawn; connect it in draw.io')
    return false
  })
  const leaves = new Set(flows.map((flow) => flow.source))
  const enters = new Set(flows.map((flow) => flow.target))
  const typed = nodes.map((cell) => ({ cell, ...typeOf(cell, leaves.has(cell.id), enters.has(cell.id)) }))
  const laneOf = (cell: Cell): string | null => {
    for (let at: Cell | undefined = byId.get(cell.parent); at; at = byId.get(at.parent))
      if (swimlanes.has(at.id) && !pools.has(at.id)) return at.id
    return null
  }
  const { value } = readGraph(
    {
      format: workflowFormat,
      ...head,
      lanes: lanes.map((cell, order) => ({ id: cell.id, label: cell.label === '' ? cell.id : cell.label, order })),
      elements: [],
      nodes: typed.map(({ cell, type, medium }) => ({ id: cell.id, type, label: cell.label, lane: laneOf(cell), medium })),
      edges: flows.map((flow) => ({
        id: flow.id,
        from: flow.source,
        to: flow.target,
        label: [flow.label, labels.get(flow.id)].filter(Boolean).join(' '),
      })),
    },
    head.side,
  )
  const count = (...types: readonly NodeType[]): number => typed.filter(({ type }) => types.includes(type)).length
  const counts = {
    tasks: count('step', 'subworkflow'),
    events: count('start', 'end', 'wait'),
    gateways: count('decision', 'parallel', 'inclusive'),
    flows: edges.length,
    lanes: lanes.length,
    shapes: nodes.length + lanes.length + pools.size,
  }
  return { graph: placed(value), counts, losses }
}

function topOf(cell: Cell, byId: ReadonlyMap<string, Cell>): number {
  let at = 0
  for (let each: Cell | undefined = cell; each; each = byId.get(each.parent))
    at += each.y + (each.style.get('horizontal') === '1' ? each.x : 0)
  return at
}

/** What a shape says of a step; the word is that of draw.io's own style names. */
function typeOf(cell: Cell, leaves: boolean, enters: boolean): { readonly type: NodeType; readonly medium: string | null } {
  const shape = cell.style.get('shape') ?? ''
  const is = (name: string): boolean => cell.style.has(name) || shape.endsWith(name)
  const as = (type: NodeType, medium: string | null = null) => ({ type, medium })
  if (shape.startsWith('mxgraph.bpmn.gateway')) {
    const sort = cell.style.get('gwType') ?? cell.style.get('symbol') ?? ''
    return as(
      sort.startsWith('parallel')
        ? 'parallel'
        : sort.startsWith('inclusive') || sort.startsWith('complex')
          ? 'inclusive'
          : 'decision',
    )
  }
  if (is('rhombus') || is('decision')) return as('decision')
  if (
    shape.startsWith('mxgraph.bpmn.event') ||
    is('ellipse') ||
    is('terminator') ||
    /mxgraph\.flowchart\.(start|terminator)/.test(shape)
  ) {
    if (cell.style.get('outline') === 'end') return as('end')
    if (!enters) return as('start')
    return as(leaves ? 'wait' : 'end')
  }
  if (is('delay')) return as('wait')
  if (is('document') || is('multi-document') || is('paper')) return leaves || enters ? as('step', 'paper') : as('document')
  if (is('note') || is('comment') || (cell.style.has('text') && !leaves && !enters)) return as('note')
  if (is('process') || is('predefined_process') || cell.style.get('isLoopSub') === '1') return as('subworkflow')
  return as('step')
}
