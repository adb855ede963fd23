/** The words between braces of a sketch: `approve paper 1m wait=18h clicks=22 writes=dose:typed`. */
import { type Distribution, flawOf } from '../map/distribution.ts'
import {
  factLevels,
  media,
  type Node,
  nodeTypes,
  outputs,
  places,
  type StepKind,
  stepKinds,
  type Write,
  writeModes,
} from '../map/workflow.ts'

const units: ReadonlyMap<string, number> = new Map([
  ['s', 1],
  ['m', 60],
  ['min', 60],
  ['h', 3600],
  ['d', 86400],
])

/** `90s`, `3m`, `1.5h`, `2d` → seconds; null for anything else. */
export function readTime(text: string): number | null {
  const found = /^(\d*\.?\d+)(s|m|min|h|d)$/.exec(text)
  return found ? Number(found[1]) * (units.get(found[2] ?? 's') ?? 1) : null
}

/** `3m` is constant, `exp(3m)`, `lognormal(3m,0.8)`, `gamma(3m,0.5)`, `erlang(3m,2)`, `uniform(1m,3m)`, `tri(1m,2m,6m)`. */
export function readDuration(text: string): Distribution | null {
  const made = distributionOf(text)
  return made && flawOf(made) === null ? made : null
}

function distributionOf(text: string): Distribution | null {
  const plain = readTime(text)
  if (plain !== null) return { dist: 'constant', value: plain }
  const found = /^([a-z]+)\(([^)]*)\)$/.exec(text)
  if (!found) return null
  const parts = (found[2] ?? '').split(',')
  const time = parts.map(readTime)
  const [a, b, c] = time
  const number = Number(parts[1])
  if (a === null || a === undefined) return null
  switch (found[1]) {
    case 'exp':
      return { dist: 'exponential', mean: a }
    case 'lognormal':
    case 'gamma':
      return number >= 0 ? { dist: found[1], mean: a, cv: number } : null
    case 'erlang':
      return number >= 1 ? { dist: 'erlang', mean: a, k: number } : null
    case 'uniform':
      return b === null || b === undefined ? null : { dist: 'uniform', min: a, max: b }
    case 'tri':
      return b === null || b === undefined || c === null || c === undefined
        ? null
        : { dist: 'triangular', min: a, mode: b, max: c }
    default:
      return null
  }
}

export function textOfDistribution(d: Distribution): string {
  switch (d.dist) {
    case 'constant':
      return `${d.value}s`
    case 'exponential':
      return `exp(${d.mean}s)`
    case 'erlang':
      return `erlang(${d.mean}s,${d.k})`
    case 'gamma':
    case 'lognormal':
      return `${d.dist}(${d.mean}s,${d.cv})`
    case 'uniform':
      return `uniform(${d.min}s,${d.max}s)`
    case 'triangular':
      return `tri(${d.min}s,${d.mode}s,${d.max}s)`
    case 'truncnormal':
    case 'empirical':
      return d.dist === 'truncnormal' ? `${d.mean}s` : `${d.values[0] ?? 0}s`
  }
}

/** Adds facts to a step; words nobody knows are given back. `check`, `wait` and `request` are kinds, `type=` names a node type. */
export function readTokens(tokens: readonly string[], node: Node): { readonly node: Node; readonly unknown: readonly string[] } {
  const unknown: string[] = []
  let next = node
  for (const token of tokens) {
    const facts = readToken(token, next)
    if (facts) next = { ...next, ...facts }
    else unknown.push(token)
  }
  return { node: next, unknown }
}

function readToken(token: string, node: Node): Partial<Node> | null {
  const at = token.indexOf('=')
  if (at > 0) return readPair(token.slice(0, at), token.slice(at + 1), node)
  const medium = media.find((word) => word === token)
  if (medium) return { medium }
  const kind = stepKinds.find((word) => word === token)
  if (kind) return { kind }
  const place = places.find((word) => word === token)
  if (place) return { place }
  const type = nodeTypes.find((word) => word === token)
  if (type) return { type, kind: null }
  if (token === 'external' || token === 'safety') return { [token]: true }
  if (token === 'parallel-run') return node.batch ? { batch: { ...node.batch, run: 'parallel' } } : null
  const service = readDuration(token)
  return service ? { service } : null
}

function readPair(name: string, value: string, node: Node): Partial<Node> | null {
  switch (name) {
    case 'wait': {
      const wait = readDuration(value)
      return wait && { wait }
    }
    case 'clicks':
    case 'keys':
    case 'screens':
    case 'protocolShare':
    case 'minLicence':
      return Number(value) >= 0 ? { [name]: Number(value) } : null
    case 'sla':
    case 'entryDelay':
      return readTime(value) === null ? null : { [name]: readTime(value) }
    case 'owner':
    case 'closes':
    case 'documents':
    case 'measuredBy':
      return { [name]: value }
    case 'reads':
      return { reads: value === 'none' ? [] : value.split('+') }
    case 'writes':
      return readWrites(value)
    case 'output': {
      const output = outputs.find((word) => word === value)
      return output ? { output } : null
    }
    case 'kind': {
      const kind: StepKind | undefined = stepKinds.find((word) => word === value)
      return kind ? { kind } : value === 'unknown' ? { kind: null } : null
    }
    case 'type': {
      const type = nodeTypes.find((word) => word === value)
      return type ? { type } : null
    }
    case 'batch':
      return readBatch(value)
    case 'workaround':
      return { workaround: { cause: value } }
    case 'at': {
      const [x, y] = value.split(',').map(Number)
      return x === undefined || y === undefined || Number.isNaN(x + y) ? null : { x: Math.round(x), y: Math.round(y) }
    }
    case 'alerts':
      return readAlerts(value)
    case 'pain':
      return { pains: [...node.pains, value] }
    case 'evidence': {
      const level = factLevels.find((word) => word === value)
      return level ? { evidence: { level, source: '', n: null } } : null
    }
    default:
      return null
  }
}

function readWrites(value: string): Partial<Node> | null {
  if (value === 'none') return { writes: [] }
  const writes: Write[] = []
  for (const part of value.split('+')) {
    const [element = '', mode = 'typed'] = part.split(':')
    const known = writeModes.find((word) => word === mode)
    if (!known || element === '') return null
    writes.push({ element, mode: known })
  }
  return { writes }
}

/** `alerts=3:0.93:0.07`: per case, share overridden, share appropriate; the shares may be left out. */
function readAlerts(value: string): Partial<Node> | null {
  const [perCase, override, appropriate] = value.split(':').map(Number)
  const numbers = [perCase, override, appropriate].filter((number) => number !== undefined)
  if (perCase === undefined || numbers.some((number) => !(number >= 0))) return null
  return { alerts: { perCase, override: override ?? null, appropriate: appropriate ?? null } }
}

/** `batch=4` gathers four, `batch=every:4h` or `batch=every:1d@7h` waits for the clock. */
function readBatch(value: string): Partial<Node> | null {
  const clock = /^every:([^@]+)(?:@(.+))?$/.exec(value)
  if (!clock)
    return Number(value) >= 1 ? { batch: { kind: 'size', size: Number(value), run: 'sequential', maxWait: null } } : null
  const every = readTime(clock[1] ?? '')
  const offset = clock[2] === undefined ? 0 : readTime(clock[2])
  return every === null || offset === null ? null : { batch: { kind: 'clock', every, offset, run: 'sequential', maxWait: null } }
}
