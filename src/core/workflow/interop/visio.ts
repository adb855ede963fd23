/** Visio drawings (.vsdx, ECMA-376 packages) → a map: the master of a shape tells its kind, where it stands tells its lane, what is glued tells the flows. */
import type { WorkflowSide } from '../map/workflow.ts'
import { XmlFault } from '../xml/xml-fault.ts'
import { elementsOf, readXmlTree, textIn, walk, type XmlElement } from '../xml/xml-tree.ts'
import type { Loss } from './loss/loss.ts'
import { mapOfShapes, type ShapeFlow, type ShapeNode, type ShapesReading, typeOfShapeName } from './shapes.ts'

/** The parts of a package, unpacked one by one; `bytes` throws XmlFault with a sentence where a part is missing, locked or too large. */
export interface PackageParts {
  has(path: string): boolean
  bytes(path: string): Promise<Uint8Array>
}

const pageList = 'visio/pages/pages.xml'

interface Master {
  readonly name: string
  readonly width: number
  readonly height: number
}

interface Shape {
  readonly id: string
  readonly name: string
  readonly label: string
  /** Middle and half size in inches; y grows upwards. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/**
 * Reads the first page that holds shapes.
 * @throws XmlFault with a sentence where the package holds no drawing or no page
 */
export async function readVisio(from: PackageParts, side: WorkflowSide, id: string): Promise<ShapesReading> {
  if (!from.has(pageList))
    throw new XmlFault('The file is an archive, but holds no Visio drawing. Unpack it and choose the drawing.', null, true)
  const parts = new Parts(from)
  const masters = await mastersOf(parts)
  const pages = await pagesOf(parts)
  const losses: Loss[] = []
  const [page, ...further] = pages
  if (!page) throw new XmlFault('The Visio file holds no page.', null, true)
  for (const other of further)
    losses.push({ id: '', what: `page “${other.name}”`, why: 'only the first page is read; save the page as a file of its own' })
  const root = await parts.xml(page.path)
  return drawn(root, masters, losses, { id, side, label: page.name === '' ? id : page.name })
}

class Parts {
  private readonly from: PackageParts

  constructor(from: PackageParts) {
    this.from = from
  }

  has(path: string): boolean {
    return this.from.has(path)
  }

  async xml(path: string): Promise<XmlElement> {
    return readXmlTree(await this.from.bytes(path))
  }

  /** Targets of the relations of a part, by their ids. */
  async relations(path: string): Promise<ReadonlyMap<string, string>> {
    const folder = path.slice(0, path.lastIndexOf('/') + 1)
    const file = `${folder}_rels/${path.slice(folder.length)}.rels`
    if (!this.has(file)) return new Map()
    return new Map(
      elementsOf(await this.xml(file)).map((each) => {
        const target = at(each, 'Target')
        return [at(each, 'Id'), target.startsWith('/') ? target.slice(1) : `${folder}${target}`]
      }),
    )
  }
}

async function pagesOf(parts: Parts): Promise<readonly { readonly name: string; readonly path: string }[]> {
  const relations = await parts.relations(pageList)
  return elementsOf(await parts.xml(pageList)).flatMap((page) => {
    const path = relations.get(relationOf(page))
    // Backgrounds repeat on every page; they hold no step.
    return page.local === 'Page' && at(page, 'Background') !== '1' && path !== undefined ? [{ name: at(page, 'Name'), path }] : []
  })
}

async function mastersOf(parts: Parts): Promise<ReadonlyMap<string, Master>> {
  const list = 'visio/masters/masters.xml'
  const masters = new Map<string, Master>()
  if (!parts.has(list)) return masters
  const relations = await parts.relations(list)
  for (const master of elementsOf(await parts.xml(list))) {
    if (master.local !== 'Master') continue
    const path = relations.get(relationOf(master))
    const shape =
      path !== undefined && parts.has(path) ? [...walk(await parts.xml(path))].find(({ local }) => local === 'Shape') : undefined
    const cells = shape ? cellsOf(shape) : new Map<string, string>()
    masters.set(at(master, 'ID'), {
      name: at(master, 'NameU') || at(master, 'Name'),
      width: number(cells.get('Width')),
      height: number(cells.get('Height')),
    })
  }
  return masters
}

function relationOf(element: XmlElement): string {
  const rel = [...walk(element)].find(({ local }) => local === 'Rel')
  return rel ? ([...rel.attributes].find(([name]) => /(^|:)id$/.test(name))?.[1] ?? '') : ''
}

const laneName = /swim ?lane|^pool|^lane/i
const frameName = /cff container|^container|phase|separator|title|legend|^sheet$|^frame/i
const lineName = /connector|^line\b|sequence flow|association|message flow/i

function drawn(
  root: XmlElement,
  masters: ReadonlyMap<string, Master>,
  losses: Loss[],
  head: { readonly id: string; readonly side: WorkflowSide; readonly label: string },
): ShapesReading {
  const shapes = elementsOf(root)
    .filter(({ local }) => local === 'Shapes')
    .flatMap(elementsOf)
    .map((shape) => shapeOf(shape, masters))
  const glued = gluesOf(root)
  const ends = new Set([...glued.values()].flatMap(({ from, to }) => [from, to]))
  const lose = ({ id, name, label }: Shape, why: string): void =>
    void losses.push({ id, what: label === '' ? `shape “${name}”` : `“${label}”`, why })
  const isLine = ({ id, name }: Shape): boolean => glued.has(id) || lineName.test(name)
  const lanes = shapes
    .filter((shape) => laneName.test(shape.name) && !/list|heading/i.test(shape.name))
    .sort((a, b) => b.y - a.y || a.x - b.x)
  const within = ({ x, y }: Shape, { x: cx, y: cy, width, height }: Shape): boolean =>
    Math.abs(x - cx) <= width / 2 && Math.abs(y - cy) <= height / 2
  const nodes: ShapeNode[] = []
  for (const shape of shapes) {
    if (isLine(shape) || lanes.includes(shape)) continue
    const lines = [...glued.values()]
    const [enters, leaves] = [lines.some(({ to }) => to === shape.id), lines.some(({ from }) => from === shape.id)]
    const what = frameName.test(shape.name) && !ends.has(shape.id) ? null : typeOfShapeName(shape.name, enters, leaves)
    if (what === null && !ends.has(shape.id)) {
      if (shape.label !== '')
        lose(
          shape,
          frameName.test(shape.name)
            ? 'a frame or heading is not drawn; what it holds is'
            : `the shape “${shape.name}” is joined to nothing, so it is not drawn`,
        )
      continue
    }
    if (what === null) lose(shape, `the shape “${shape.name}” is drawn as a step`)
    const lane = lanes.filter((each) => within(shape, each)).sort((a, b) => a.width * a.height - b.width * b.height)[0]
    nodes.push({
      id: shape.id,
      type: what?.type ?? 'step',
      medium: what?.medium ?? null,
      label: shape.label,
      lane: lane?.id ?? null,
    })
  }
  const known = new Set(nodes.map((node) => node.id))
  const flows = shapes.filter(isLine).flatMap((shape): ShapeFlow[] => {
    const { from = '', to = '' } = glued.get(shape.id) ?? {}
    if (known.has(from) && known.has(to)) return [{ id: shape.id, from, to, label: shape.label }]
    lose(shape, 'one of its ends is glued to no shape, so it is not drawn; glue it in Visio')
    return []
  })
  return mapOfShapes({ lanes: lanes.map(({ id, label }) => ({ id, label })), nodes, flows }, losses, head)
}

function shapeOf(shape: XmlElement, masters: ReadonlyMap<string, Master>): Shape {
  const cells = cellsOf(shape)
  const master = masters.get(at(shape, 'Master'))
  const label = [...walk(shape)]
    .filter(({ local }) => local === 'Text')
    .map((text) => textIn(text).replace(/\s+/g, ' ').trim())
    .filter(Boolean)
    .join(' ')
  return {
    id: at(shape, 'ID'),
    name: (master?.name ?? at(shape, 'NameU') ?? '').replace(/\.\d+$/, '') || at(shape, 'Name') || at(shape, 'Type'),
    label,
    x: number(cells.get('PinX')),
    y: number(cells.get('PinY')),
    width: number(cells.get('Width')) || (master?.width ?? 0),
    height: number(cells.get('Height')) || (master?.height ?? 0),
  }
}

/** Which shapes the two ends of each line are glued to. */
function gluesOf(root: XmlElement): ReadonlyMap<string, { readonly from: string; readonly to: string }> {
  const found = new Map<string, { from: string; to: string }>()
  for (const connect of walk(root)) {
    if (connect.local !== 'Connect') continue
    const line = found.get(at(connect, 'FromSheet')) ?? { from: '', to: '' }
    if (/^Begin/.test(at(connect, 'FromCell'))) line.from = at(connect, 'ToSheet')
    else if (/^End/.test(at(connect, 'FromCell'))) line.to = at(connect, 'ToSheet')
    found.set(at(connect, 'FromSheet'), line)
  }
  return found
}

function cellsOf(shape: XmlElement): ReadonlyMap<string, string> {
  return new Map(elementsOf(shape).flatMap((cell) => (cell.local === 'Cell' ? [[at(cell, 'N'), at(cell, 'V')] as const] : [])))
}

function number(text: string | undefined): number {
  return Number(text ?? 0) || 0
}

function at(element: XmlElement, name: string): string {
  return element.attributes.get(name) ?? ''
}
