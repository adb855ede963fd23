/** The field map bound for pairing: per legacy table the resources it became and the fields to compare, with everything left out named. */
import type { Apply } from '../data/crosswalk/carried.ts'
import { type ElementPath, parseElementPath } from '../data/crosswalk/element-path.ts'
import type { FieldLine, Mapping } from '../data/crosswalk/mapping.ts'
import { transformNamed } from '../data/crosswalk/transforms/index.ts'
import type { NotEvaluated } from '../data/validation.ts'
import { domainOf, type Role, roleOf } from './pair-elements.ts'
import type { Domain } from './pair-types.ts'

export interface BoundField {
  readonly columns: readonly string[]
  readonly apply: Apply
  readonly rule: string
  readonly ruleWords: string
  readonly path: ElementPath
  readonly role: Role
  readonly label: string
  /** The legacy table a reference points at; null for any other rule. */
  readonly links: string | null
}

/** One legacy table and the resources made of it. */
export interface BoundTable {
  readonly index: number
  readonly source: string
  readonly type: string
  readonly domain: Domain
  /** Any of its paths: decides which resources of the type belong to the table. */
  readonly selector: ElementPath
  /** Everything compared, in the order of the field map; roles included. */
  readonly fields: readonly BoundField[]
  /** The link to the patient; null for the patients themselves and for tables without patients. */
  readonly patient: BoundField | null
  readonly key: BoundField | null
  readonly isPatients: boolean
  /** Positions in `fields` of those that say what an entry is, since when, and whether it is current. */
  readonly positions: Readonly<Record<'key' | 'code' | 'onset' | 'status', readonly number[]>>
}

export interface PairPlan {
  readonly tables: readonly BoundTable[]
  readonly bySource: ReadonlyMap<string, BoundTable>
  readonly byType: ReadonlyMap<string, readonly BoundTable[]>
  readonly notEvaluated: readonly NotEvaluated[]
}

/** Binds every confirmed line; whatever can not be followed is listed, never skipped in silence. */
export function planPairing(mapping: Mapping): PairPlan {
  const notEvaluated: NotEvaluated[] = []
  const lines = new Map<string, BoundField[]>()
  for (const line of mapping.fields) {
    const what = `${line.source}.${line.fields.join(' + ')}`
    if (line.status === 'not-carried') continue
    const bound = line.status === 'confirmed' ? bindLine(line, mapping) : `its mapping is ${line.status}, not confirmed`
    if (typeof bound === 'string') notEvaluated.push({ what, why: bound })
    else push(lines, line.source, bound)
  }
  const tables: BoundTable[] = []
  const patientsTable = [...lines].find(([, fields]) =>
    fields.some(({ path, role }) => path.type === 'Patient' && role === 'key'),
  )?.[0]
  for (const [source, fields] of lines) {
    const selector = fields[0]?.path
    if (!selector) continue
    const strays = fields.filter(({ path }) => path.type !== selector.type)
    for (const stray of strays)
      notEvaluated.push({
        what: `${source}.${stray.label}`,
        why: `the table became ${selector.type}; one table into several types is not paired yet`,
      })
    const elsewhere = fields.filter(({ links }) => links !== null && links !== patientsTable)
    for (const field of elsewhere)
      notEvaluated.push({
        what: `${source}.${field.label}`,
        why: `links to ${field.links} are not compared; only links to patients are`,
      })
    const own = fields.filter((field) => !strays.includes(field) && !elsewhere.includes(field))
    const isPatients = source === patientsTable
    const compared = own.filter(({ role }) => role !== 'patient')
    const positions = (role: Role): number[] => compared.flatMap((field, i) => (field.role === role ? [i] : []))
    tables.push({
      index: tables.length,
      source,
      type: selector.type,
      domain: domainOf(selector.type),
      selector,
      fields: compared,
      patient: own.find(({ role }) => role === 'patient') ?? null,
      key: own.find(({ role }) => role === 'key') ?? null,
      isPatients,
      positions: { key: positions('key'), code: positions('code'), onset: positions('onset'), status: positions('status') },
    })
  }
  if (patientsTable === undefined)
    notEvaluated.push({
      what: 'Patients',
      why: 'no line of the field map has role=key and a target in Patient, so records can not be joined',
    })
  const byType = new Map<string, BoundTable[]>()
  for (const table of tables) push(byType, table.type, table)
  return { tables, bySource: new Map(tables.map((table) => [table.source, table])), byType, notEvaluated }
}

function push<T>(into: Map<string, T[]>, key: string, item: T): void {
  const held = into.get(key)
  if (held) held.push(item)
  else into.set(key, [item])
}

function bindLine(line: FieldLine, mapping: Mapping): BoundField | string {
  const transform = transformNamed(line.rule)
  if (!transform) return `there is no rule “${line.rule}”`
  const path = parseElementPath(line.target)
  if (typeof path === 'string') return path
  const apply = transform.bind(line.params, mapping.values)
  if (typeof apply === 'string') return apply
  const named = line.params.get('role')
  const role: Role =
    transform.name === 'reference'
      ? 'patient'
      : named === 'key' || named === 'site' || named === 'code' || named === 'onset' || named === 'status'
        ? named
        : roleOf(path.steps.map((step) => step.name))
  return {
    columns: line.fields,
    apply,
    rule: transform.name,
    ruleWords: transform.words(line.params),
    path,
    role,
    label: line.fields.join(' + '),
    links: transform.name === 'reference' ? (line.params.get('table') ?? '') : null,
  }
}
