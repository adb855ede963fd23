/** Text of a pair of maps → the JSON of its current map, future map, trace and scenario. The README says how it is written. */
import type { Json } from '../../../src/core/canonical.ts'
import { nodeTypes } from '../../../src/core/workflow/map/workflow.ts'
import { linkOf, type PairLink } from './pair-links.ts'

export type Members = { [name: string]: Json }

export interface Drawing {
  lanes: Members[]
  elements: Members[]
  nodes: Map<string, Members>
  edges: Members[]
}

export interface PairText {
  readonly slug: string
  readonly title: string
  readonly source: string
  /** True where the maps are handed over without links, so that links have to be suggested. */
  readonly hidden: boolean
  readonly current: Drawing
  readonly future: Drawing
  /** The links a person draws. */
  readonly links: readonly PairLink[]
  readonly scenario: Members | null
}

interface Heads {
  readonly said: Map<string, string>
  readonly lanes: Map<string, Members>
  readonly elements: Map<string, Members>
}

/** Words of a line; "quoted words" are one of them and keep their first quote, so that a label is never taken for an id. */
export function wordsOf(line: string): string[] {
  return [...line.matchAll(/([^\s"]*)"([^"]*)"|(\S+)/g)].map(([, before, quoted, bare]) =>
    bare !== undefined ? bare : before === '' ? `"${quoted}` : `${before}${quoted}`,
  )
}

export function readPairText(slug: string, text: string): PairText {
  const heads: Heads = { said: new Map(), lanes: new Map(), elements: new Map() }
  const drawings = { current: blankDrawing(), future: blankDrawing() }
  const traceLines: string[] = []
  let part = 'head'
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/(^|\s)#.*$/, '').trim()
    if (line === '') continue
    if (line === 'current' || line === 'future' || line === 'trace') part = line
    else if (part === 'trace') traceLines.push(line)
    else
      try {
        if (part === 'head') readHead(line, heads)
        else readDrawn(line, drawings, part === 'future' ? 'future' : 'current', heads)
      } catch (error) {
        throw new Error(`${slug}, line ${index + 1}: ${error instanceof Error ? error.message : error}`)
      }
  }
  for (const drawing of Object.values(drawings)) finishDrawing(drawing, heads)
  const hidden = heads.said.get('traces') === 'hidden'
  return {
    slug,
    title: heads.said.get('title') ?? '',
    source: heads.said.get('source') ?? '',
    hidden,
    ...drawings,
    links: linksOf(traceLines, drawings),
    scenario: scenarioOf(heads),
  }
}

function readHead(line: string, { said, lanes, elements }: Heads): void {
  const [name = '', ...rest] = wordsOf(line)
  if (name !== 'lane' && name !== 'data') {
    said.set(name, line.slice(name.length).trim())
    return
  }
  const [id = '', label = '', ...facts] = rest
  if (!label.startsWith('"')) throw new Error(`${name} ${id} has no label in quotes.`)
  const record: Members = { id, label: label.slice(1) }
  for (const fact of facts) record[nameOf(fact)] = factOf(fact)
  if (name === 'lane') lanes.set(id, { ...record, order: lanes.size })
  else elements.set(id, record)
}

function readDrawn(
  line: string,
  drawings: Record<'current' | 'future', Drawing>,
  side: 'current' | 'future',
  heads: Heads,
): void {
  const drawing = drawings[side]
  const [first = '', ...rest] = wordsOf(line)
  if (first === '>') readFlow(rest, drawing)
  else if (first === 'same')
    for (const id of rest) {
      const node = drawings.current.nodes.get(id)
      if (!node) throw new Error(`"${id}" is not in the current map.`)
      drawing.nodes.set(id, { ...node })
    }
  else if (first === 'but') {
    const [id = '', ...facts] = rest
    const node = drawings.current.nodes.get(id)
    if (!node) throw new Error(`"${id}" is not in the current map.`)
    drawing.nodes.set(id, withFacts(node, facts, heads))
  } else drawing.nodes.set(first, nodeOf(first, rest, heads))
}

/** `id lane "Label" kind/medium 5m fact=value …`; a type of node may stand in the place of kind/medium. */
function nodeOf(id: string, [lane = '', label = '', ...facts]: readonly string[], heads: Heads): Members {
  if (!label.startsWith('"')) throw new Error(`"${id}" has no label in quotes.`)
  return withFacts({ id, lane, type: 'step' }, [label, ...facts], heads)
}

/** A label, `kind/medium`, a type of node, a time and facts, in any order; `wait=-` takes a fact away. */
function withFacts(before: Members, facts: readonly string[], { lanes, elements }: Heads): Members {
  const node = { ...before }
  for (const fact of facts) {
    const name = nameOf(fact)
    const shape = /^([a-z]+)\/([a-z]+)$/.exec(fact)
    if (fact.startsWith('"')) node.label = fact.slice(1)
    else if (fact.endsWith('=-') && name !== 'reads' && name !== 'writes') delete node[name]
    else if (shape) Object.assign(node, { kind: shape[1], medium: shape[2] })
    else if (nodeTypes.some((type) => type === fact)) node.type = fact
    else if (/^[\d.]+[smhd]$/.test(fact)) node[node.type === 'wait' ? 'wait' : 'service'] = timeOf(fact)
    else if (name === 'wait') node.wait = timeOf(fact.slice(5))
    else if (name === 'reads') node.reads = listOf(fact)
    else if (name === 'writes')
      node.writes = listOf(fact).map((item) => {
        const [element = '', mode = 'typed'] = item.split(':')
        return { element, mode }
      })
    else if (name === 'pain') node.pains = [String(factOf(fact))]
    else if (name === 'sla' || name === 'entryDelay') node[name] = secondsOf(String(fact.slice(fact.indexOf('=') + 1)))
    else if (name === 'batch') node.batch = { size: Number(factOf(fact)), run: 'sequential' }
    else if (name === 'every') node.batch = { every: secondsOf(fact.slice(6)), offset: 0, run: 'sequential' }
    else if (name === 'alerts') {
      const [perCase = null, override = null, appropriate = null] = listOf(fact).map(Number)
      node.alerts = { perCase, override, appropriate }
    } else if (plainFacts.includes(name)) node[name] = factOf(fact)
    else throw new Error(`"${node.id}": "${fact}" is no fact of a step.`)
  }
  if (!lanes.has(String(node.lane))) throw new Error(`"${node.id}" stands in the unknown lane "${node.lane}".`)
  for (const name of [...listed(node.reads), ...listed(node.writes).map((write) => (write as Members).element)])
    if (!elements.has(String(name))) throw new Error(`"${node.id}" names the unknown data "${name}".`)
  return node
}

const plainFacts = 'lane place clicks keys screens output owner external safety protocolShare minLicence closes documents'.split(
  ' ',
)

/** `a b 0.3 "no" reject c`: what stands before an id belongs to the flow that leads to it. */
function readFlow(words: readonly string[], drawing: Drawing): void {
  let from: string | null = null
  let facts: Members = {}
  for (const word of words) {
    if (word.startsWith('"')) facts.label = word.slice(1)
    else if (/^[\d.]+$/.test(word)) facts.probability = Number(word)
    else if (word === 'reject' || word === 'exception') facts[word] = true
    else if (word.startsWith('timeout=')) facts.timeout = secondsOf(word.slice(8))
    else {
      if (word === 'start' || word === 'end') drawing.nodes.set(word, { id: word, type: word, label: word })
      if (!drawing.nodes.has(word)) throw new Error(`The flow leads to "${word}", which is no step above it.`)
      if (drawing.edges.some((edge) => edge.from === from && edge.to === word))
        throw new Error(`"${from}" leads to "${word}" twice.`)
      if (from !== null) drawing.edges.push({ id: `f${drawing.edges.length + 1}`, from, to: word, ...facts })
      from = word
      facts = {}
    }
  }
}

function finishDrawing(drawing: Drawing, { lanes, elements, said }: Heads): void {
  const used = new Set([...drawing.nodes.values()].map((node) => node.lane))
  const open = said.has('cases') ? { calendar: 'hours' } : {}
  drawing.lanes.push(...[...lanes.values()].filter((lane) => used.has(String(lane.id))).map((lane) => ({ ...open, ...lane })))
  drawing.elements.push(...elements.values())
  const rows = [...lanes.keys()]
  let column = 0
  for (const node of drawing.nodes.values())
    Object.assign(node, { x: 160 * column++, y: 120 * Math.max(0, rows.indexOf(String(node.lane))) + 20 })
}

/** Steps of one id in both maps belong together, unless a line says otherwise. */
function linksOf(lines: readonly string[], drawings: Record<'current' | 'future', Drawing>): PairLink[] {
  const links = lines.map((line) => linkOf(wordsOf(line), drawings))
  const told = new Set(links.flatMap(({ from }) => from))
  const taken = new Set(links.flatMap(({ to }) => to))
  for (const node of drawings.current.nodes.values()) {
    const id = String(node.id)
    const future = drawings.future.nodes.get(id)
    if (!isWork(node) || !future || !isWork(future) || told.has(id) || taken.has(id)) continue
    links.push(linkOf([id, '->', id], drawings))
  }
  return links
}

export function isWork(node: Members): boolean {
  return node.type === 'step' || node.type === 'wait' || node.type === 'subworkflow'
}

/** `cases 40 a day mon-fri 08:00-17:00`: arrivals spread evenly over the open hours, staff there in the same hours. */
function scenarioOf({ said }: Heads): Members | null {
  const cases = said.get('cases')
  if (cases === undefined) return null
  const found = /^([\d.]+) a day (mon-fri|mon-sun) (\d\d):00-(\d\d):00$/.exec(cases)
  if (!found) throw new Error(`The cases "${cases}" are not written as "40 a day mon-fri 08:00-17:00".`)
  const [, count = '', days = '', from = '', to = ''] = found
  const rate = Number(count) / (Number(to) - Number(from))
  const hours = Array.from({ length: 24 }, (_, hour) => (hour >= Number(from) && hour < Number(to) ? rate : 0))
  const week = ['mon', 'tue', 'wed', 'thu', 'fri', ...(days === 'mon-sun' ? ['sat', 'sun'] : [])]
  return {
    format: 'carryover-scenario/1',
    seed: 1,
    replications: 20,
    cases: 400,
    warmup: 'mser5',
    arrivals: [{ node: 'start', hourly: Object.fromEntries(week.map((day) => [day, hours])) }],
    staff: {},
    calendars: { hours: [{ days, from: `${from}:00`, to: `${to}:00` }] },
    discipline: {},
  }
}

function blankDrawing(): Drawing {
  return { lanes: [], elements: [], nodes: new Map(), edges: [] }
}

function nameOf(fact: string): string {
  const at = fact.indexOf('=')
  return at < 0 ? fact : fact.slice(0, at)
}

/** A fact without a value is true. */
function factOf(fact: string): Json {
  const at = fact.indexOf('=')
  if (at < 0) return true
  const value = fact.slice(at + 1)
  return /^-?[\d.]+$/.test(value) ? Number(value) : value
}

function listOf(fact: string): string[] {
  const value = fact.slice(fact.indexOf('=') + 1)
  return value === '-' ? [] : value.split(',')
}

function listed(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

function secondsOf(time: string): number {
  const found = /^([\d.]+)([smhd])$/.exec(time)
  if (!found) throw new Error(`"${time}" is no time such as 5m or 2d.`)
  return Number(found[1]) * (units[found[2] ?? ''] ?? 1)
}

/** A fixed time: the sources give no more than a mean. */
function timeOf(time: string): Members {
  return { dist: 'constant', value: secondsOf(time) }
}
