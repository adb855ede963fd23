/** Risks as the log of the board holds them: an indicator that fails opens exactly one, and only evidence closes it. */
import type { Project } from '../../project/format/project.ts'
import type { RowOf } from '../input-files/column.ts'
import type { inputFiles } from '../input-files/files.ts'
import { slugOf } from '../model/criterion.ts'
import { type BoardEvent, type LoggedEvent, loggedEvents } from './board-log.ts'

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
  // A line past the ledger opens before all others, so that what the ledger holds closes it once and for all.
  const early = ({ event, entered }: LoggedEvent): boolean => !entered && event.kind === 'risk-opened'
  for (const { event, entered } of [...log.filter(early), ...log.filter((each) => !early(each))]) {
    if (event.kind === 'gate') continue
    const before = risks.get(event.risk)
    const held = entered && event.kind === 'risk-opened' && before?.entered === false ? undefined : before
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

/**
 * Why what is said to have closed a risk shows nothing, in words: it names nothing that can be looked up, or what is not in the project; null where it stands.
 * @param here digests of the evidence that counts
 */
export function proofDoubt(
  { runs, sources, ledger }: Pick<Project, 'runs' | 'sources' | 'ledger'>,
  evidence: readonly string[],
  here: ReadonlySet<string>,
): string | null {
  const { digests, run } = namedProof(evidence)
  const known = (digest: string): boolean =>
    here.has(digest) ||
    sources.some(({ sha256 }) => sha256 !== null && (sha256 === digest || `sha256:${sha256}` === digest)) ||
    ledger.some((entry) => entry.action === 'signed' && entry.digest === digest)
  if (digests.length > 0) return digests.every(known) ? null : 'the evidence that closed it is not in the project any more'
  if (run === null) return 'it names no evidence by digest or run'
  return runs.some(({ number, partial }) => number === run && !partial)
    ? null
    : `run ${run}, which it names, is not in the project or was not complete`
}

type FileRisk = RowOf<(typeof inputFiles)['risks']['columns']>

/** The first line of the file that was closed by a digest or run that is not there, in words; what names neither is for the criterion to say. */
export function closedByNothing(
  project: Parameters<typeof proofDoubt>[0],
  rows: readonly FileRisk[],
  here: ReadonlySet<string>,
): string | null {
  for (const { id, closed_on, evidence } of rows) {
    if (closed_on === null || evidence === null) continue
    const { digests, run } = namedProof([evidence])
    const doubt = digests.length === 0 && run === null ? null : proofDoubt(project, [evidence], here)
    if (doubt !== null) return `${id} is closed, but ${doubt}`
  }
  return null
}

/** The risks of the log as lines of the file `risks`, for the criterion that judges the register; line 0 says that they stand in no file. */
export function registerRows(project: Pick<Project, 'other' | 'ledger'>): readonly FileRisk[] {
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
