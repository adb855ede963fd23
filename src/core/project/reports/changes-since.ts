/** What changed in a project since somebody was here last: acts of others from the ledger, and maps and files that are not as they were. */
import * as v from 'valibot'
import { digestOf } from '../../canonical.ts'
import { counted } from '../../counted.ts'
import { compareText } from '../../finding.ts'
import { dayText } from '../../values/day.ts'
import { type Kept, map, object } from '../../values/document.ts'
import type { Project } from '../format/project.ts'
import { unnamed } from '../ledger/actor-slug.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { mappingDigest, openedWorkflow } from '../runs/opened-inputs.ts'

/** What this browser remembers of a project as somebody left it: ids, digests and numbers, nothing that stands in it. */
export const visitDocument = object({
  /** RFC 3339. */
  at: v.string(),
  /** Number of the last entry that was seen, by device. */
  ends: map(v.number()),
  /** Digest of each workflow by id. */
  maps: map(v.string()),
  /** Digest of each source as it was read, by id. */
  sources: map(v.string()),
  mapping: v.nullable(v.string()),
  /** Every name that this browser had in the ledger until then. */
  here: v.optional(v.array(v.string())),
})
export type Visit = Kept<typeof visitDocument>

type Seen = Pick<Project, 'ledger' | 'workflows' | 'sources' | 'mapping'>

export function visitOf(project: Seen, at: string): Visit {
  return {
    at,
    ends: endsOf(project.ledger),
    maps: Object.fromEntries(project.workflows.map((each) => [each.id, openedWorkflow(each).digest])),
    sources: Object.fromEntries(
      project.sources.map((source) => [source.id, digestOf([source.name, source.side, source.sha256])]),
    ),
    mapping: mappingDigest(project.mapping),
  }
}

function endsOf(ledger: readonly LedgerEntry[]): Readonly<Record<string, number>> {
  const ends: Record<string, number> = {}
  for (const { device, seq } of ledger) ends[device] = Math.max(ends[device] ?? 0, seq)
  return ends
}

export const wings = ['Workflow', 'Data', 'Sign-off', 'Readiness', 'Project'] as const
export type Wing = (typeof wings)[number]

export interface ChangeLine {
  readonly wing: Wing
  /** "3 verdicts", "The map Refill". */
  readonly what: string
  /** Who did it, as printed; null where no act of the ledger names anybody. */
  readonly by: string | null
  /** RFC 3339 of the last of them; null where nobody noted it. */
  readonly at: string | null
  /** Hash route without `#`. */
  readonly route: string
}

/** What `own` has not done: acts of another device, or of another person at this one. */
interface Own {
  /** Whether a device of the ledger is this browser, by any of its names. */
  readonly isHere: (device: string) => boolean
  readonly actor: string
}

/** By wing, the latest first; empty where nothing changed. */
export function changesSince(visit: Visit, project: Seen & Pick<Project, 'keys'>, own: Own): readonly ChangeLine[] {
  const lines = [...documentLines(visit, project), ...entryLines(visit, project, own)]
  return lines.sort((a, b) => wings.indexOf(a.wing) - wings.indexOf(b.wing) || compareText(b.at ?? '', a.at ?? ''))
}

/** "since 24-Nov-2026 09:12": when somebody was here last. */
export function sinceWords({ at }: Visit): string {
  return `${dayText(at)} ${at.slice(11, 16)}`
}

/** Names of what is not as it was left: whatever changes from now on in other documents was changed here. */
export function changedMeanwhile(visit: Visit, project: Seen): ReadonlySet<string> {
  const now = visitOf({ ...project, ledger: [] }, visit.at)
  return new Set([
    ...compared(visit.maps, now.maps).map(({ id }) => mapName(id)),
    ...compared(visit.sources, now.sources).map(({ id }) => sourceName(id)),
    ...(visit.mapping === now.mapping ? [] : [mappingName]),
  ])
}

/** The same for what came from others while the project was open. */
export function changedByOthers(before: Seen, after: Seen): readonly string[] {
  const parted = <T extends { readonly id: string }>(was: readonly T[], is: readonly T[]): readonly string[] => {
    const [known, now] = [new Map(was.map((each) => [each.id, each])), new Map(is.map((each) => [each.id, each]))]
    return [...new Set([...known.keys(), ...now.keys()])].filter((id) => known.get(id) !== now.get(id))
  }
  return [
    ...parted(before.workflows, after.workflows).map(mapName),
    ...parted(before.sources, after.sources).map(sourceName),
    ...(before.mapping === after.mapping ? [] : [mappingName]),
  ]
}

export function mapName(id: string): string {
  return `map ${id}`
}

function sourceName(id: string): string {
  return `source ${id}`
}

const mappingName = 'mapping'

/** The visit with what was changed here since: everything but the documents that others changed. */
export function carriedOn(visit: Visit, project: Seen, others: ReadonlySet<string>): Visit {
  const now = visitOf({ ...project, ledger: [] }, visit.at)
  const joined = (was: Visit['maps'], is: Visit['maps'], name: (id: string) => string): Visit['maps'] =>
    Object.fromEntries([
      ...Object.entries(is).filter(([id]) => !others.has(name(id))),
      ...Object.entries(was).filter(([id]) => others.has(name(id))),
    ])
  return {
    ...visit,
    maps: joined(visit.maps, now.maps, mapName),
    sources: joined(visit.sources, now.sources, sourceName),
    mapping: others.has(mappingName) ? visit.mapping : now.mapping,
  }
}

function documentLines(visit: Visit, { workflows, sources, mapping }: Seen): readonly ChangeLine[] {
  const now = visitOf({ ledger: [], workflows, sources, mapping }, visit.at)
  const line = (wing: Wing, what: string, route: string): ChangeLine => ({ wing, what, by: null, at: null, route })
  const names = new Map(
    workflows.map((each) => {
      const { current, future } = openedWorkflow(each).workflow
      return [each.id, current.label || future.label || each.id] as const
    }),
  )
  const files = new Map(sources.map(({ id, name }) => [id, name]))
  return [
    ...compared(visit.maps, now.maps).map(({ id, how }) =>
      line(
        'Workflow',
        `Map ${how}: ${names.get(id) ?? id}`,
        how === 'removed' ? '/workflow' : `/workflow/${encodeURIComponent(id)}/compare`,
      ),
    ),
    ...compared(visit.sources, now.sources).map(({ id, how }) =>
      line(
        'Data',
        `File ${how}: ${files.get(id) ?? id}`,
        how === 'removed' ? '/data/sources' : `/data/sources/${encodeURIComponent(id)}`,
      ),
    ),
    ...(visit.mapping === now.mapping ? [] : [line('Data', 'Field map changed', '/data/mapping')]),
  ]
}

function compared(before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>) {
  const ids = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort()
  return ids.flatMap((id) => {
    const [was, is] = [own(before, id), own(now, id)]
    return was === is ? [] : [{ id, how: was === undefined ? 'added' : is === undefined ? 'removed' : 'changed' }]
  })
}

function own(record: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

function entryLines(visit: Visit, { ledger, keys }: Pick<Project, 'ledger' | 'keys'>, self: Own): readonly ChangeLine[] {
  const groups = new Map<string, { readonly act: Told; readonly entries: LedgerEntry[] }>()
  for (const entry of ledger) {
    const seen = Object.hasOwn(visit.ends, entry.device) ? (visit.ends[entry.device] ?? 0) : 0
    if (entry.seq <= seen || isOwn(entry, self)) continue
    const act = told(entry)
    if (act === null) continue
    const key = `${act.wing} ${act.one} ${act.route} ${entry.actor}`
    const held = groups.get(key)
    if (held) held.entries.push(entry)
    else groups.set(key, { act, entries: [entry] })
  }
  return [...groups.values()].map(({ act, entries }) => {
    const last = entries.at(-1)
    const by =
      last === undefined || last.actor === unnamed ? null : (keys.find((key) => key.actor === last.actor)?.name ?? last.actor)
    return {
      wing: act.wing,
      what: counted(entries.length, act.one, act.many ?? `${act.one}s`),
      by,
      at: last?.time.wall ?? null,
      route: act.route,
    }
  })
}

/** Who gave no name at this device is taken for whoever sits here. */
function isOwn({ device, actor }: LedgerEntry, self: Own): boolean {
  return self.isHere(device) && (actor === self.actor || actor === unnamed)
}

interface Told {
  readonly wing: Wing
  readonly one: string
  readonly many?: string
  readonly route: string
}

/** What this browser and the program note by themselves, and what each reader does on the way to a verdict. */
const unsaid: ReadonlySet<string> = new Set([
  'salt-set',
  'project-created',
  'device-keyed',
  'seal-keyed',
  'record-opened',
  'source-read',
])

/** What an entry is in words, and where one sees it; null for what nobody has to know. */
function told({ action, object }: LedgerEntry): Told | null {
  if (unsaid.has(action) || object.endsWith('#rows')) return null
  const plain = plainActs[action]
  if (plain) return plain
  const kind = /^readiness\/([a-z-]+)\.csv$/.exec(object)?.[1]
  if (kind !== undefined)
    return {
      wing: 'Readiness',
      one: `change of the file ${kind}`,
      many: `changes of the file ${kind}`,
      route: `/readiness/inputs?kind=${kind}`,
    }
  if (action === 'example-taken')
    return { wing: 'Workflow', one: 'map taken from a template', many: 'maps taken from a template', route: '/workflow' }
  const risk = riskActs[action]
  if (risk)
    return { wing: 'Readiness', ...risk, route: `/readiness/risks?risk=${encodeURIComponent(object.split('#')[1] ?? '')}` }
  const criterion = criterionActs[action]
  if (criterion)
    return { wing: 'Readiness', one: criterion, route: `/readiness?criterion=${encodeURIComponent(object.split('/')[1] ?? '')}` }
  return {
    wing: 'Project',
    one: `entry: ${action.replaceAll('-', ' ')}`,
    many: `entries: ${action.replaceAll('-', ' ')}`,
    route: '/ledger',
  }
}

const criterionActs: Readonly<Record<string, string>> = {
  statement: 'claim',
  'statement-withdrawn': 'withdrawn claim',
  'threshold-set': 'changed limit',
}

const riskActs: Readonly<Record<string, Pick<Told, 'one' | 'many'>>> = {
  'risk-opened': { one: 'opened risk' },
  'risk-closed': { one: 'closed risk' },
  'risk-set': { one: 'change of a risk', many: 'changes of a risk' },
}

function at(wing: Wing, one: string, route: string, many?: string): Told {
  return { wing, one, route, ...(many === undefined ? {} : { many }) }
}

const plainActs: Readonly<Record<string, Told>> = {
  'mapping-confirmed': at('Data', 'confirmed mapping', '/data/mapping'),
  'run-finished': at('Data', 'run of the checks', '/data/findings', 'runs of the checks'),
  'finding-accepted': at('Data', 'accepted finding', '/data/findings'),
  'finding-assigned': at('Data', 'assigned finding', '/data/findings'),
  'finding-kept': at('Data', 'reopened finding', '/data/findings'),
  'finding-looked-at': at('Data', 'finding looked at', '/data/findings', 'findings looked at'),
  'plan-locked': at('Sign-off', 'locked plan', '/review/plan'),
  'plan-reopened': at('Sign-off', 'reopened plan', '/review/plan'),
  'frame-committed': at('Sign-off', 'committed list of records', '/review/plan', 'committed lists of records'),
  'seed-rolled': at('Sign-off', 'rolled seed', '/review/plan'),
  'sample-drawn': at('Sign-off', 'drawn sample', '/review/plan'),
  'sample-extended': at('Sign-off', 'extended sample', '/review/plan'),
  'golden-chosen': at('Sign-off', 'choice of golden patients', '/review/golden', 'choices of golden patients'),
  verdict: at('Sign-off', 'verdict', '/review/records'),
  adjudicated: at('Sign-off', 'settled disagreement', '/review/records'),
  calibration: at('Sign-off', 'answer to a prepared record', '/review/records', 'answers to prepared records'),
  signed: at('Sign-off', 'signature', '/review/certificate'),
  'safety-signed': at('Sign-off', 'signature of the safety officer', '/review/hazards', 'signatures of the safety officer'),
  'hazard-added': at('Sign-off', 'new hazard', '/review/hazards'),
  'hazard-changed': at('Sign-off', 'changed hazard', '/review/hazards'),
  'hazard-accepted': at('Sign-off', 'accepted hazard', '/review/hazards'),
  'hazard-closed': at('Sign-off', 'closed hazard', '/review/hazards'),
  'charts-listed': at('Sign-off', 'list of charts', '/review/charts', 'lists of charts'),
  'charts-drawn': at('Sign-off', 'draw of charts', '/review/charts', 'draws of charts'),
  'chart-marked': at('Sign-off', 'marked chart', '/review/charts'),
  'gate-changed': at('Readiness', 'gate that changed', '/readiness', 'gates that changed'),
  merged: at('Project', 'copy merged in', '/ledger', 'copies merged in'),
  'role-granted': at('Project', 'granted role', '/settings'),
  'key-enrolled': at('Project', 'enrolled key', '/settings'),
}
