/** Risks as the log of the board holds them: an indicator that fails opens exactly one, and only evidence closes it. */
import type { Project } from '../project/project.ts'
import { type BoardEvent, type LoggedEvent, loggedEvents } from './board-log.ts'
import { slugOf } from './criterion.ts'
import type { RowOf } from './input-files/column.ts'
import type { inputFiles } from './input-files/files.ts'

export interface Risk {
  /** Slug of the criterion, or the number of a line in the file `risks`. */
  readonly id: string
  /** Criterion code; null for a line of the file. */
  readonly criterion: string | null
  readonly what: string
  readonly why: string
  readonly avoid: string
  /** 1 to 5; null until a person has said. */
  readonly likelihood: number | null
  readonly severity: number | null
  readonly owner: string | null
  readonly due: string | null
  /** RFC 3339 or a day; null where it has not been recorded yet, or a file does not say. */
  readonly opened: string | null
  /** How often it opened again after it was closed. */
  readonly reopened: number
  readonly closed: string | null
  /** What showed it, or, once it is closed, what closed it. */
  readonly evidence: readonly string[]
  readonly words: string
  /** Hash route without `#` where it is worked on. */
  readonly route: string
  /** False where a line of it is not in the ledger as it stands. */
  readonly entered: boolean
}

/** Risks as the log holds them, by criterion, in the order they opened first. */
export function loggedRisks(log: readonly LoggedEvent[]): ReadonlyMap<string, Risk> {
  const risks = new Map<string, Risk>()
  for (const { event, entered } of log) {
    if (event.kind === 'gate') continue
    const held = risks.get(event.risk)
    // A line past the ledger may add a worry; it closes none.
    const next = event.kind === 'risk-closed' && !entered ? (held ?? null) : applied(held, event)
    if (next !== null) risks.set(event.risk, { ...next, entered: entered && (held?.entered ?? true) })
  }
  return risks
}

export function applied(held: Risk | undefined, event: Exclude<BoardEvent, { readonly kind: 'gate' }>): Risk | null {
  if (event.kind === 'risk-opened') {
    // Seen by two devices: one risk, opened when it was seen first.
    if (held && held.closed === null) return held
    const { at, risk, what, why, avoid, words, evidence } = event
    const said = { what, why, avoid, words, evidence, opened: at, closed: null, entered: true }
    if (held) return { ...held, ...said, reopened: held.reopened + 1 }
    const written = { likelihood: null, severity: event.severity, owner: event.owner, due: null }
    return { id: slugOf(risk), criterion: risk, ...said, ...written, reopened: 0, route: `/readiness/risks?risk=${slugOf(risk)}` }
  }
  if (!held) return null
  if (event.kind === 'risk-closed')
    // A line without evidence by digest closes nothing, whoever wrote it.
    return !event.evidence.some((each) => /^sha256:[0-9a-f]{64}$/.test(each))
      ? held
      : { ...held, closed: event.at, words: event.words, evidence: event.evidence }
  const { likelihood, severity, owner, due } = event
  return { ...held, likelihood, severity, owner, due }
}

/** What can be looked up of what closed a risk: digests, and the number of the first run it names. */
export function namedProof(evidence: readonly string[]): { readonly digests: readonly string[]; readonly run: number | null } {
  const digests = evidence.flatMap((words) => words.match(/sha256:[0-9a-f]{64}/g) ?? [])
  const run = evidence.flatMap((words) => /\brun (\d+)\b/i.exec(words)?.[1] ?? [])[0]
  return { digests, run: run === undefined ? null : Number(run) }
}

/** The risks of the log as lines of the file `risks`, for the criterion that judges the register; line 0 says that they stand in no file. */
export function registerRows(
  project: Pick<Project, 'other' | 'ledger'>,
): readonly RowOf<(typeof inputFiles)['risks']['columns']>[] {
  return [...loggedRisks(loggedEvents(project)).values()].map((risk) => ({
    line: 0,
    id: risk.id,
    what: risk.what,
    why: risk.why,
    avoid: risk.avoid,
    likelihood: risk.likelihood,
    severity: risk.severity,
    owner: risk.owner,
    due: risk.due,
    closed_on: risk.closed?.slice(0, 10) ?? null,
    evidence: risk.closed === null ? null : risk.evidence.join('; '),
  }))
}
