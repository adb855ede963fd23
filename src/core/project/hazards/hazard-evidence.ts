/** Whether what a hazard came from is still there: the evidence that lets one be closed without accepting its risk. */
import { stableName } from '../../data/model/stable-name.ts'
import type { HazardSource } from '../format/hazard-acts.ts'
import type { Project } from '../format/project.ts'
import type { RunSummary } from '../format/run.ts'
import { worklistOf } from '../sample/worklist-file.ts'
import { currentRun } from '../signing/signature.ts'
import { hazardsOf } from './log/hazard-log.ts'

/**
 * `there`: the current run, or a reader, still says so. `gone`: a later run that looked as widely no longer does. `unlooked`: no run that
 * looked as widely can tell. `named`: a person thought of it, and no run shows it.
 */
export type Standing = 'there' | 'gone' | 'unlooked' | 'named'

export interface SourceStanding {
  readonly standing: Standing
  /** What was looked at, as a sentence. */
  readonly why: string
}

export function sourceStanding(project: Project, from: HazardSource): SourceStanding {
  const run = currentRun(project)
  if (from.kind === 'named') return { standing: 'named', why: 'A person named it; no run shows whether it is gone.' }
  if (!run) return { standing: 'unlooked', why: 'No complete run is here: run all checks.' }
  return from.kind === 'finding' ? findingStanding(project.runs, run, from) : verdictStanding(project, run, from)
}

function findingStanding(runs: Project['runs'], run: RunSummary, from: HazardSource): SourceStanding {
  if (run.findings.some(({ code }) => code === from.code)) return { standing: 'there', why: `Run #${run.number} still finds it.` }
  const fault = whyNoEvidence(runs, run, from)
  return fault === null
    ? { standing: 'gone', why: `Run #${run.number} no longer finds it.` }
    : { standing: 'unlooked', why: fault }
}

/** A run that read so much less of a side than the first one may have left out what was wrong. */
const leastShare = 0.9

/** Why a run without the finding does not show that it is gone; null where it does. */
function whyNoEvidence(runs: Project['runs'], run: RunSummary, from: HazardSource): string | null {
  const first = runs.find(({ number, partial }) => number === from.run && !partial)
  if (!first || run.partial || run.number <= first.number)
    return 'No later run has looked: load the corrected files, run all checks.'
  const unread = run.inputs.find(({ status }) => status !== 'read')
  if (unread) return `Run #${run.number} could not read all of ${unread.name}.`
  for (const side of ['legacy', 'target'] as const) {
    const [before = [], now = []] = [first, run].map(({ inputs }) => inputs.filter((input) => input.side === side))
    if (now.length < before.length) return `Run #${run.number} read fewer ${side} files than run #${first.number}.`
    const [was, is] = [recordsIn(before), recordsIn(now)]
    if (is < was * leastShare)
      return `Run #${run.number} read ${is} ${side} records, run #${first.number} ${was}: what is left out shows nothing.`
  }
  const places = placesOf(first, from.code)
  const lacks = places.find((name) => !placesRead(run).has(name))
  if (lacks !== undefined) return `Run #${run.number} read nothing of ${lacks}, where run #${first.number} found it.`
  if (first.pairing && !run.pairing) return `Run #${run.number} did not compare both sides.`
  const table = Object.keys(first.pairing?.tables ?? {}).find((name) => run.pairing?.tables && !(name in run.pairing.tables))
  if (table !== undefined) return `Run #${run.number} compared nothing of ${table}.`
  const known = new Set(first.notEvaluated.map(({ what }) => what))
  const skipped = run.notEvaluated.find(({ what }) => !known.has(what))
  if (skipped) return `Run #${run.number} did not evaluate ${skipped.what}.`
  if (run.rulesRun < first.rulesRun) return `Run #${run.number} ran fewer rules than run #${first.number}.`
  const lost = first.workflows.find(({ id }) => !run.workflows.some((each) => each.id === id))
  return lost ? `Run #${run.number} did not compare the workflow ${lost.id}.` : null
}

function recordsIn(inputs: RunSummary['inputs']): number {
  return inputs.reduce((sum, { records }) => sum + records, 0)
}

/** Files in which a run found something of this code, by names that stay from delivery to delivery; workflows by their id. */
function placesOf(run: RunSummary, code: string | null): readonly string[] {
  return run.findings.flatMap((each) => (each.code === code && each.input !== null ? [stableName(each.input)] : []))
}

/** Files with at least one record, and workflows, that a run looked at. */
function placesRead({ inputs, workflows }: RunSummary): ReadonlySet<string> {
  return new Set([
    ...inputs.flatMap(({ name, records }) => (records > 0 ? [stableName(name)] : [])),
    ...workflows.map(({ id }) => stableName(id)),
  ])
}

/** What readers called wrong is gone where each of it was read again after a later run, and right, or was taken back. */
function verdictStanding(project: Project, run: RunSummary, from: HazardSource): SourceStanding {
  const { rows, waiting } = worklistOf(project)
  const own = rows.filter(({ finding }) => finding.code === from.code && finding.domain === from.domain)
  const left = own.filter(({ state }) => state !== 'closed' && state !== 'withdrawn').length
  if (left > 0) return { standing: 'there', why: `${left} of ${own.length} on the worklist wait to be mended or read again.` }
  if (waiting > 0) return { standing: 'unlooked', why: 'Records wait for another reader, so nobody can tell yet.' }
  // What was taken back before it was kept has left no line there, but the verdict itself.
  const wasSaid = project.review.events.some(
    (event) => event.kind === 'difference' && event.domain === from.domain && `review/${event.reason}` === from.code,
  )
  if (own.length === 0 && !wasSaid)
    return { standing: 'unlooked', why: 'Readers said nothing of this cause here, so nobody has read it again.' }
  const withdrawn = own.every(({ state }) => state === 'withdrawn')
  if (!withdrawn && run.number <= (from.run ?? 0))
    return { standing: 'unlooked', why: 'No later run is there: load the corrected files, run all checks.' }
  return { standing: 'gone', why: 'Everything on the worklist was read again and right, or taken back.' }
}

/** Hazards that were closed because they were gone, and are back. */
export function hazardsBack(project: Project): ReadonlySet<string> {
  return new Set(
    hazardsOf(project)
      .filter(({ status, from }) => status === 'closed' && sourceStanding(project, from).standing === 'there')
      .map(({ id }) => id),
  )
}
