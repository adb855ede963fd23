/** A Lucidchart document as it exports it in CSV → a map: one row per shape or line, lines name their two ends. */
import type { WorkflowSide } from '../map/workflow.ts'
import type { Loss } from './loss/loss.ts'
import { mapOfShapes, type ShapeFlow, type ShapeNode, type ShapesReading, typeOfShapeName } from './shapes.ts'
import { tableRows } from './step-list.ts'

interface Row {
  readonly id: string
  readonly name: string
  readonly page: string
  /** Ids of what holds it, the outermost first. */
  readonly within: readonly string[]
  readonly from: string
  readonly to: string
  readonly turned: boolean
  readonly texts: readonly string[]
}

const needed = ['id', 'name', 'line source', 'line destination']

/** Whether the first row is that of a Lucidchart export. */
export function isLucid(text: string): boolean {
  const [head = ''] = text.replace(/^\ufeff/, '').split(/\r?\n/, 1)
  const names = head
    .toLowerCase()
    .split(',')
    .map((name) => name.trim().replace(/^"|"$/g, ''))
  return needed.every((name) => names.includes(name))
}

export function readLucid(text: string, side: WorkflowSide, id = 'workflow'): ShapesReading {
  const rows = rowsOf(text)
  const losses: Loss[] = []
  const lose = (row: Row, why: string): void =>
    void losses.push({ id: row.id, what: row.texts.length === 0 ? row.name.toLowerCase() : `“${labelOf(row)}”`, why })
  const pages = rows.filter(({ name }) => name === 'Page')
  const [page, ...further] = pages
  for (const other of further) lose(other, 'only the first page is read; export the page as a file of its own')
  const own = rows.filter(
    (row) => row.name !== 'Document' && row.name !== 'Page' && (!page || row.page === '' || row.page === page.id),
  )
  const isLine = (row: Row): boolean => /^(line|connection|connector line)$/i.test(row.name) || row.from !== '' || row.to !== ''
  const lines = own.filter(isLine)
  const ends = new Set(lines.flatMap(({ from, to }) => [from, to]))
  const lanes: { id: string; label: string }[] = []
  const holders = new Set<string>()
  for (const row of own) {
    if (isLine(row) || !/swim ?lane|pool|^lane/i.test(row.name)) continue
    holders.add(row.id)
    // One shape may hold several lanes: each text but that of the whole is the name of one.
    const names = row.texts.length > 1 && !/^lane/i.test(row.name) ? row.texts.slice(row.texts.length > 2 ? 1 : 0) : row.texts
    if (row.texts.length > 2)
      lose(row, `it holds ${names.length} lanes, and the file does not say which of them a shape stands in`)
    for (const [at, label] of names.entries()) lanes.push({ id: names.length === 1 ? row.id : `${row.id}-${at + 1}`, label })
    if (names.length === 0) lanes.push({ id: row.id, label: '' })
  }
  const laneIds = new Set(lanes.map((lane) => lane.id))
  const nodes: ShapeNode[] = []
  for (const row of own) {
    if (isLine(row) || holders.has(row.id)) continue
    const [enters, leaves] = [lines.some((line) => endsOf(line)[1] === row.id), lines.some((line) => endsOf(line)[0] === row.id)]
    const what = typeOfShapeName(row.name, enters, leaves)
    if (/^group\b/i.test(row.name)) lose(row, 'a group is not drawn; what it holds is')
    else if (!ends.has(row.id) && row.texts.length === 0) lose(row, `a shape “${row.name}” without words or lines is not drawn`)
    else {
      if (what === null) lose(row, `the shape “${row.name}” is drawn as a step`)
      const lane = row.within.toReversed().find((each) => laneIds.has(each)) ?? null
      nodes.push({ id: row.id, type: what?.type ?? 'step', medium: what?.medium ?? null, label: labelOf(row), lane })
    }
  }
  const known = new Set(nodes.map((node) => node.id))
  const flows = lines.flatMap((row): ShapeFlow[] => {
    const [from, to] = endsOf(row)
    if (known.has(from) && known.has(to)) return [{ id: row.id, from, to, label: labelOf(row) }]
    lose(row, 'one of its ends is fixed to no shape, so it is not drawn; connect it in Lucidchart')
    return []
  })
  const document = rows.find(({ name }) => name === 'Document')
  return mapOfShapes({ lanes, nodes, flows }, losses, { id, side, label: document ? labelOf(document) || id : id })
}

/** A line with its only arrow at the source runs the other way. */
function endsOf({ from, to, turned }: Row): readonly [string, string] {
  return turned ? [to, from] : [from, to]
}

function labelOf({ texts }: Row): string {
  return texts.join(' ')
}

function rowsOf(text: string): readonly Row[] {
  const [head = [], ...rows] = tableRows(text, ',')
  const names = head.map((name) => name.trim().toLowerCase())
  const at = (row: readonly string[], name: string): string => row[names.indexOf(name)]?.trim() ?? ''
  const areas = names.flatMap((name, index) => (/^text area \d+$/.test(name) ? [index] : []))
  return rows.map((row) => ({
    id: at(row, 'id'),
    name: at(row, 'name'),
    page: at(row, 'page id'),
    within: at(row, 'contained by').split('|').filter(Boolean),
    from: at(row, 'line source'),
    to: at(row, 'line destination'),
    turned: at(row, 'source arrow').toLowerCase() === 'arrow' && at(row, 'destination arrow').toLowerCase() !== 'arrow',
    texts: areas.map((area) => (row[area] ?? '').replace(/\s+/g, ' ').trim()).filter(Boolean),
  }))
}
