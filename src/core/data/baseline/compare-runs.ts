/** Two runs side by side: which findings are new, known, fixed, or there in another number. Works on fingerprints, hence without values. */
import { compareText, type Severity, severities } from '../../finding.ts'
import { stableName } from '../model/stable-name.ts'

/** What a run must know of a finding to be compared; `RunFinding` of a project and findings of a report both fit. */
export interface ComparedFinding {
  readonly fingerprint: string
  readonly code: string
  readonly place: string
  /** Name of the input, or null. */
  readonly input: string | null
  readonly severity: Severity
  readonly count: number
  readonly denominator: number | null
  readonly patients: number | null
}

export type RunState = 'new' | 'known' | 'fixed' | 'changed'

/** One finding in both runs. `changed`: its count, or its severity, is another one; the first of `before` and `after` may be null. */
export interface RunChange<F extends ComparedFinding = ComparedFinding> {
  readonly state: RunState
  readonly fingerprint: string
  readonly code: string
  readonly place: string
  readonly input: string | null
  readonly before: F | null
  readonly after: F | null
  /** Occurrences after minus occurrences before. */
  readonly difference: number
  /** True where it is new, there more often, or more severe than it was. */
  readonly worse: boolean
}

const order: readonly RunState[] = ['new', 'changed', 'known', 'fixed']

/** Every finding of either run once: new ones first, then changed, known and fixed ones, each worst first. */
export function compareRuns<F extends ComparedFinding>(before: readonly F[], after: readonly F[]): readonly RunChange<F>[] {
  const earlier = new Map(before.map((finding) => [finding.fingerprint, finding]))
  const later = new Set(after.map((finding) => finding.fingerprint))
  // A finding whose severity moved has another fingerprint: the same code at the same place is still the same finding.
  // So is one whose file came under another date.
  const gone = new Map<string, F[]>()
  for (const finding of before) {
    if (later.has(finding.fingerprint)) continue
    const name = placeName(finding)
    gone.set(name, [...(gone.get(name) ?? []), finding])
  }
  const changes: RunChange<F>[] = []
  for (const now of after) changes.push(changeOf(earlier.get(now.fingerprint) ?? takeSame(gone, now), now))
  for (const left of gone.values()) for (const finding of left) changes.push(changeOf(finding, null))
  return changes.sort(byState)
}

/** How many findings are in each state. */
export function countStates(changes: readonly RunChange[]): Readonly<Record<RunState, number>> {
  const counts = { new: 0, known: 0, fixed: 0, changed: 0 }
  for (const { state } of changes) counts[state]++
  return counts
}

function changeOf<F extends ComparedFinding>(before: F | null, after: F | null): RunChange<F> {
  const given = after ?? before
  if (given === null) throw new Error('A change needs a finding on one side')
  const { fingerprint, code, place, input } = given
  const difference = (after?.count ?? 0) - (before?.count ?? 0)
  const moved = before !== null && after !== null && before.severity !== after.severity
  const state = before === null ? 'new' : after === null ? 'fixed' : difference !== 0 || moved ? 'changed' : 'known'
  const graver = before !== null && after !== null && severities.indexOf(after.severity) < severities.indexOf(before.severity)
  return { state, fingerprint, code, place, input, before, after, difference, worse: difference > 0 || graver }
}

function placeName({ code, input, place }: ComparedFinding): string {
  return JSON.stringify([code, input === null ? null : stableName(input), place])
}

/** The file of exactly that name first, where several have one stable name. */
function takeSame<F extends ComparedFinding>(gone: ReadonlyMap<string, F[]>, now: F): F | null {
  const left = gone.get(placeName(now)) ?? []
  const exact = left.findIndex(({ input }) => input === now.input)
  return left.splice(Math.max(exact, 0), 1)[0] ?? null
}

/** Findings of an earlier run apart: those that this run can tell about, and those in inputs that it did not read whole. */
export function comparable<F extends ComparedFinding>(
  before: readonly F[],
  read: readonly string[] | null,
): { readonly compared: readonly F[]; readonly notRead: readonly { readonly input: string; readonly findings: number }[] } {
  if (read === null) return { compared: before, notRead: [] }
  const names = new Set(read.map(fileName))
  const left = new Map<string, number>()
  const compared = before.filter(({ input }) => {
    if (input === null || names.has(fileName(input))) return true
    left.set(input, (left.get(input) ?? 0) + 1)
    return false
  })
  return { compared, notRead: [...left].map(([input, findings]) => ({ input, findings })) }
}

/** What a file is called from delivery to delivery, wherever it lies. */
export function fileName(path: string): string {
  return stableName(path.split(/[/\\]/).at(-1) ?? path)
}

function byState<F extends ComparedFinding>(a: RunChange<F>, b: RunChange<F>): number {
  const [x, y] = [a.after ?? a.before, b.after ?? b.before]
  return (
    order.indexOf(a.state) - order.indexOf(b.state) ||
    (x && y ? severities.indexOf(x.severity) - severities.indexOf(y.severity) || y.count - x.count : 0) ||
    compareText(a.code, b.code) ||
    compareText(a.input ?? '', b.input ?? '') ||
    compareText(a.place, b.place) ||
    compareText(a.fingerprint, b.fingerprint)
  )
}
