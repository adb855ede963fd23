/** A finished run becomes one of the project: its summary, its line in the ledger, and what it read of the sources. */
import { digestOf } from '../../../../core/canonical.ts'
import type { SourceEntry } from '../../../../core/data/model/source.ts'
import type { ValidateResult } from '../../../../core/data/model/validation.ts'
import type { RunSummary } from '../../../../core/project/format/run.ts'
import { jsonOf } from '../../../../core/project/format/save.ts'
import { confirmationBy } from '../../../../core/project/review/confirmed-mapping.ts'
import { mappingDigest } from '../../../../core/project/signing/signature.ts'
import { actOrSay, recorded } from '../../../session/act.ts'
import { withWhatWasRead } from './read-sources.ts'

/** Adds the run to the project, unless it says exactly what the last complete run said: then that one still stands. */
export async function keepRun(
  summary: RunSummary,
  validation: ValidateResult | null,
  read: readonly SourceEntry[],
): Promise<RunSummary> {
  let stands = summary
  // Whoever has no role for it sees what the checks found, and the run is not added to the project.
  await actOrSay((project, by) => {
    const last = project.runs.findLast((run) => !run.partial)
    const confirmation =
      summary.partial || summary.mapping !== mappingDigest(project.mapping) ? null : confirmationBy(project, by)
    const confirming = confirmation ? [confirmation] : []
    if (last && !summary.partial && contentOf(last) === contentOf(summary)) {
      stands = last
      return confirming.length === 0 ? { ok: true, project } : recorded(project, confirming, by)
    }
    const sources = withWhatWasRead(project.sources, read, validation?.inputs ?? [])
    const finished = { action: 'run-finished', object: `runs/${summary.id}/summary.json`, digest: digestOf(jsonOf(summary)) }
    return recorded(project, [finished, ...confirming], by, { runs: [...project.runs, summary], sources })
  })
  return stands
}

/** What a run says, without its number and its time. */
function contentOf(summary: RunSummary): string {
  return digestOf(jsonOf({ ...summary, id: '', number: 0, started: '' }))
}
