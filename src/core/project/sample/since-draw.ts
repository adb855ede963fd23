/** Whether the drawn sample still speaks about the data that is here: verdicts on earlier data prove nothing about the present one. */
import { beginsWith } from '../../grown-list.ts'
import { changeWords, inputChange } from '../format/inputs-changed.ts'
import type { Project } from '../format/project.ts'
import type { RunSummary } from '../format/run.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { currentRun, mappingDigest } from '../signing/signature.ts'

interface Known {
  readonly project: Project
  readonly change: string | null
}

/** By first entry: verdicts are added to the ledger one by one, and every screen of a review asks. */
const known = new WeakMap<LedgerEntry, Known>()

/** What changed since the list of records was committed, without a stop; null while nothing did. */
export function changeSinceDraw(project: Project): string | null {
  const [first] = project.ledger
  const held = first && known.get(first)
  const change = held && isStill(held.project, project) ? held.change : changeNow(project)
  if (first) known.set(first, { project, change })
  return change
}

/** True where nothing was added to what decides, or changed in it. */
function isStill(before: Project, { ledger, runs, sources, mapping }: Project): boolean {
  if (before.runs !== runs || before.sources !== sources || before.mapping !== mapping) return false
  if (!beginsWith(ledger, before.ledger)) return false
  return !ledger.slice(before.ledger.length).some(({ action }) => action === 'frame-committed' || action === 'run-finished')
}

function changeNow(project: Project): string | null {
  const { ledger, runs, sources } = project
  const base = baseRun(ledger, runs)
  if (!base) return 'the run that the sample was drawn from is not in the project'
  const since = `since the sample was drawn from run #${base.number}`
  const input = inputChange(sources, base)
  if (input) return `${changeWords(input)} ${since}`
  const mapping = project.mapping.size > 0 ? mappingDigest(project.mapping) : null
  if (mapping !== base.mapping || currentRun(project)?.mapping !== base.mapping) return `the mapping changed ${since}`
  return null
}

/** The same as a sentence that says what to do; null without a drawn sample. */
export function changedSinceDraw(project: Project): string | null {
  const change = project.review.draw && changeSinceDraw(project)
  return (
    change &&
    `${change.replace(/^(?:the|how) /, capital)}. Verdicts given on the earlier data prove nothing about the present data: run all checks and plan again.`
  )
}

/** File names keep their case. */
function capital(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`
}

/** Why the last run does not speak about what is here now; null when it does. */
export function changedSinceRun(project: Project): string | null {
  const run = currentRun(project)
  const change = run && inputChange(project.sources, run)
  return run && change && `${changeWords(change)} since run #${run.number}: run all checks before you sign.`
}

/** The last complete run that was finished before the records were listed; the list is made of what it paired. */
export function baseRun(ledger: readonly LedgerEntry[], runs: readonly RunSummary[]): RunSummary | null {
  const committed = ledger.findLastIndex((entry) => entry.action === 'frame-committed')
  const finished = new Set<string>()
  for (const entry of ledger.slice(0, Math.max(0, committed))) if (entry.action === 'run-finished') finished.add(entry.object)
  return runs.findLast((run) => !run.partial && finished.has(`runs/${run.id}/summary.json`)) ?? null
}
