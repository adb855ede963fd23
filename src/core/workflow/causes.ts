/** One cause, one finding: which findings are further signs of another, and whose time at stake is counted there. */
import type { Outcome } from './survival.ts'

/** What the signs of one cause share: the same hurt at the same steps, going the same way. */
interface Sighted {
  readonly code: string
  readonly outcome: Outcome
  readonly current: readonly string[]
  readonly future: readonly string[]
  readonly lanes: { readonly current: string | null; readonly future: string | null }
  readonly fingerprint: string
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
    'hand-off-ping-pong',
  ],
  // The same thing is written more than once, or beside the record.
  ['re-keying', 'print-to-scan', 'deferred-documentation', 'shadow-workaround', 'click-burden', 'fixed-station-mobile-role'],
  // A case goes round.
  ['rework-loop'],
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

const nameOf = (code: string): string => code.slice(code.indexOf('/') + 1)

const ranks: ReadonlyMap<string, number> = new Map(families.flat().map((name, rank) => [name, rank]))
const familyOf: ReadonlyMap<string, number> = new Map(families.flatMap((names, at) => names.map((name) => [name, at] as const)))

/** The causes of all findings, by fingerprint. A finding that nobody could judge is a sign of nothing, except of a step that goes nowhere. */
export function causesOf(findings: readonly Sighted[]): ReadonlyMap<string, Cause> {
  const ranked = [...findings].sort((a, b) => rankOf(a) - rankOf(b) || b.current.length - a.current.length)
  const causes = new Map<string, Cause>()
  const mains = new Map<string, Sighted[]>()
  const claims = new Map<string, string>()
  for (const finding of ranked) {
    const group = groupOf(finding)
    const main = group === null ? undefined : around(finding, mains, group)
    if (main === undefined && group !== null)
      for (const step of stepsOf(finding)) {
        const key = `${group} ${step}`
        const list = mains.get(key)
        if (list) list.push(finding)
        else mains.set(key, [finding])
      }
    causes.set(finding.fingerprint, { partOf: main?.fingerprint ?? null, countedWith: claim(finding, claims) })
  }
  return causes
}

/** What could be judged comes first: it has the better right to its minutes. */
function rankOf({ code, outcome }: Sighted): number {
  return (ranks.get(nameOf(code)) ?? ranks.size) + (outcome === 'unjudged' ? ranks.size + 1 : 0)
}

/** Good news, old hurts and new ones are never one finding; what nobody could judge is counted apart. */
function groupOf({ code, outcome }: Sighted): string | null {
  const family = familyOf.get(nameOf(code))
  if (family === undefined || outcome === 'unjudged') return null
  if (outcome === 'introduced') return `${family} new`
  return `${family} ${outcome === 'eliminated' || outcome === 'reduced' ? 'better' : 'stays'}`
}

function stepsOf({ current, future }: Sighted): readonly string[] {
  return [...current.map((id) => `current/${id}`), ...future.map((id) => `future/${id}`)]
}

/** The finding that names the cause already: it stands at every step of this one, on each side that both speak of. */
function around(finding: Sighted, mains: ReadonlyMap<string, readonly Sighted[]>, group: string): Sighted | undefined {
  const [first] = stepsOf(finding)
  if (first === undefined) return undefined
  // What stands in a row, and what goes there and back, does so because of the step between.
  const name = nameOf(finding.code)
  const beside = name === 'needless-serial' || name === 'hand-off-ping-pong'
  for (const step of beside ? stepsOf(finding) : [first])
    for (const main of mains.get(`${group} ${step}`) ?? [])
      if (name === 'hand-off-ping-pong' ? approves(main) : beside || covers(main, finding)) return main
  return undefined
}

function approves({ code }: Sighted): boolean {
  return code === 'workflow/digitized-approval' || code === 'workflow/approval-chain'
}

function covers(main: Sighted, finding: Sighted): boolean {
  const within = (inner: readonly string[], outer: readonly string[]): boolean => inner.every((id) => outer.includes(id))
  return within(finding.current, main.current) && within(finding.future, main.future)
}

/** Minutes are counted by the first finding that speaks of them; nobody counts what another one has. */
function claim(finding: Sighted, claims: Map<string, string>): string | null {
  const keys = (counted[nameOf(finding.code)] ?? []).flatMap((kind) => stepsOf(finding).map((step) => `${kind} ${step}`))
  const taken = keys.map((key) => claims.get(key)).find((each) => each !== undefined)
  if (taken !== undefined) return taken
  for (const key of keys) claims.set(key, finding.fingerprint)
  return null
}
