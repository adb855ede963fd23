/** One cause, one finding: which findings are further signs of another, and whose time at stake is counted there. */
import type { Outcome } from './outcomes.ts'

/** What the signs of one cause share: the same hurt at the same steps, going the same way. */
interface Sighted {
  readonly code: string
  readonly outcome: Outcome
  readonly current: readonly string[]
  readonly future: readonly string[]
  readonly lanes: { readonly current: string | null; readonly future: string | null }
  readonly fingerprint: string
  readonly question: boolean
}

export interface Cause {
  /** Fingerprint of the finding that names the cause; null where this one does. */
  readonly partOf: string | null
  /** Fingerprint of the finding that counts the same minutes already; null where this one does. */
  readonly countedWith: string | null
}

/** What each cause shows itself by, the finding that names it best first. */
const families: readonly (readonly string[])[] = [
  // A case lies before somebody acts on it.
  [
    'approval-chain',
    'digitized-approval',
    'moved-queue',
    'overloaded-role',
    'queue-before-role',
    'batch-and-wait',
    'inbox-as-paper-tray',
    'open-loop',
    'no-owner',
    'unmeasured-wait',
    'late-for-deadline',
    'single-point-of-failure',
    'needless-serial',
  ],
  // The same thing is written more than once, or beside the record.
  ['re-keying', 'print-to-scan', 'deferred-documentation', 'shadow-workaround', 'click-burden', 'fixed-station-mobile-role'],
  // A case goes round.
  ['rework-loop'],
  // A case goes there and back, because of what stands between.
  ['hand-off-ping-pong'],
]

/** Which seconds of its steps a finding counts as minutes at stake. */
const counted: Readonly<Record<string, readonly ('wait' | 'work')[]>> = {
  'approval-chain': ['wait', 'work'],
  'digitized-approval': ['wait', 'work'],
  'moved-queue': ['wait'],
  'overloaded-role': ['wait'],
  'queue-before-role': ['wait'],
  'late-for-deadline': ['wait'],
  'batch-and-wait': ['wait'],
  'unmeasured-wait': ['wait'],
  'needless-serial': ['wait', 'work'],
  'inbox-as-paper-tray': ['work'],
  're-keying': ['work'],
  'print-to-scan': ['work'],
  'shadow-workaround': ['work'],
  'click-burden': ['work'],
  'skill-mismatch': ['work'],
  'rework-loop': ['work'],
  'untraced-step': ['work'],
  'unsourced-step': ['work'],
}

/** What of its own steps a rule counts in minutes; empty where it speaks of something else. */
export function countedBy(code: string): readonly ('wait' | 'work')[] {
  return counted[nameOf(code)] ?? []
}

const nameOf = (code: string): string => code.slice(code.indexOf('/') + 1)

const ranks: ReadonlyMap<string, number> = new Map(families.flat().map((name, rank) => [name, rank]))
const familyOf: ReadonlyMap<string, number> = new Map(families.flatMap((names, at) => names.map((name) => [name, at] as const)))

/** The causes of all findings, by fingerprint. A finding that nobody could judge is a sign of nothing, except of a step that goes nowhere. */
export function causesOf(findings: readonly Sighted[]): ReadonlyMap<string, Cause> {
  const ranked = findings
    .map((finding) => ({ finding, rank: rankOf(finding), steps: stepsOf(finding) }))
    .sort((a, b) => a.rank - b.rank || b.finding.current.length - a.finding.current.length)
  const causes = new Map<string, Cause>()
  const mains: Mains = new Map()
  const claims = { wait: new Map<string, string>(), work: new Map<string, string>() }
  for (const { finding, steps } of ranked) {
    const group = groupOf(finding)
    const main = group === null ? undefined : around(finding, steps, mains, group)
    if (main === undefined && group !== null) {
      const told = mains.get(group) ?? new Map<string, Sighted[]>()
      mains.set(group, told)
      for (const step of steps) {
        const list = told.get(step)
        if (list) list.push(finding)
        else told.set(step, [finding])
      }
    }
    causes.set(finding.fingerprint, { partOf: main?.fingerprint ?? null, countedWith: claim(finding, steps, claims) })
  }
  return causes
}

/** Findings that name a cause, by group and step. */
type Mains = Map<string, Map<string, Sighted[]>>

/** What could be judged comes first: it has the better right to its minutes. */
function rankOf({ code, outcome }: Sighted): number {
  return (ranks.get(nameOf(code)) ?? ranks.size) + (outcome === 'unjudged' ? ranks.size + 1 : 0)
}

/** Good news, old hurts and new ones are never one finding; what nobody could judge is counted apart. */
function groupOf({ code, outcome }: Sighted): string | null {
  const family = familyOf.get(nameOf(code))
  return family === undefined || outcome === 'unjudged' ? null : `${family} ${wayOf(outcome)}`
}

function wayOf(outcome: Outcome): 'new' | 'better' | 'stays' {
  if (outcome === 'introduced') return 'new'
  return outcome === 'eliminated' || outcome === 'reduced' ? 'better' : 'stays'
}

function stepsOf({ current, future }: Sighted): readonly string[] {
  return [...current.map((id) => `current/${id}`), ...future.map((id) => `future/${id}`)]
}

/** The finding that names the cause already: it stands at every step of this one, on each side that both speak of. */
function around(finding: Sighted, steps: readonly string[], mains: Mains, group: string): Sighted | undefined {
  const [first] = steps
  if (first === undefined) return undefined
  const name = nameOf(finding.code)
  if (name === 'hand-off-ping-pong') return between(finding, steps, mains)
  // What stands in a row does so because of the step between.
  const beside = name === 'needless-serial'
  for (const step of beside ? steps : [first])
    for (const main of mains.get(group)?.get(step) ?? []) if (beside || covers(main, finding)) return main
  return undefined
}

/** Fewer cases come back because a step between them got better or went away; as many or more do so for the approval between. */
function between({ outcome }: Sighted, steps: readonly string[], mains: Mains): Sighted | undefined {
  const way = wayOf(outcome)
  for (const step of steps)
    for (let family = 0; family < families.length; family++)
      for (const main of mains.get(`${family} ${way}`)?.get(step) ?? [])
        if (way === 'better' ? isVerdictOnSteps(main) : approves(main)) return main
  return undefined
}

function isVerdictOnSteps({ question, lanes }: Sighted): boolean {
  return !question && lanes.current === null && lanes.future === null
}

function approves({ code }: Sighted): boolean {
  return code === 'workflow/digitized-approval' || code === 'workflow/approval-chain'
}

function covers(main: Sighted, finding: Sighted): boolean {
  const within = (inner: readonly string[], outer: readonly string[]): boolean => inner.every((id) => outer.includes(id))
  return within(finding.current, main.current) && within(finding.future, main.future)
}

/** Minutes are counted by the first finding that speaks of them; nobody counts what another one has. */
function claim(
  { code, fingerprint }: Sighted,
  steps: readonly string[],
  claims: Readonly<Record<'wait' | 'work', Map<string, string>>>,
): string | null {
  const kinds = countedBy(code)
  for (const kind of kinds)
    for (const step of steps) {
      const taken = claims[kind].get(step)
      if (taken !== undefined) return taken
    }
  for (const kind of kinds) for (const step of steps) claims[kind].set(step, fingerprint)
  return null
}
