/** Whether the drawn sample still speaks about the data that is here: verdicts on earlier data prove nothing about the present one. */
import type { Project } from '../../core/project/project.ts'
import type { RunSummary } from '../../core/project/run.ts'

/** What changed since the sample was drawn, in one sentence; null while nothing did. */
export function changedSinceDraw(project: Pick<Project, 'ledger' | 'runs' | 'sources' | 'review'>): string | null {
  const { ledger, runs, sources } = project
  if (!project.review.draw) return null
  const drawn = ledger.findLastIndex((entry) => entry.action === 'sample-drawn')
  const finished = ledger.slice(0, Math.max(0, drawn)).findLast((entry) => entry.action === 'run-finished')
  const before = runs.find((run) => finished?.object === `runs/${run.id}/summary.json`)
  if (!before) return null
  const known = digestsOf(before)
  const changed = sources.find((source) => source.sha256 !== null && known.get(key(source)) !== bare(source.sha256))
  if (changed) return sentence(changed.name, before)
  const now = runs.findLast((run) => !run.partial)
  if (now && now.mapping !== before.mapping) return sentence('The mapping', before)
  return null
}

function sentence(what: string, run: RunSummary): string {
  return `${what} changed since the sample was drawn from run #${run.number}. Verdicts given on the earlier data prove nothing about the present data: run all checks and plan again.`
}

function digestsOf(run: RunSummary): ReadonlyMap<string, string> {
  return new Map(run.inputs.map((input) => [key(input), bare(input.sha256)]))
}

function key({ side, name }: { readonly side: string | null; readonly name: string }): string {
  return `${side}/${name}`
}

/** Digests are written with or without the name of the algorithm. */
function bare(digest: string): string {
  return digest.replace(/^sha256:/, '')
}
