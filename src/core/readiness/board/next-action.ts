/** What to do about a line of the board: one button, and where it leads. */
import type { Project } from '../../project/format/project.ts'
import { awaitsAgreement, notAgreed } from '../evidence/agreements.ts'
import { oldest } from '../evidence/artifact-age.ts'
import { inputFiles } from '../input-files/files.ts'
import { type Artifact, type Kind, kinds } from '../model/artifact.ts'
import { type Criterion, type Measure, slugOf } from '../model/criterion.ts'
import { proves } from '../model/origin-kind.ts'
import type { CriterionState } from '../model/phase.ts'

/** What makes evidence count again, by its kind. */
function renewal({ kind, stale, run }: Artifact): string {
  if (kind === 'signatures' || kind === 'verdicts') return kinds[kind].action
  if (run !== null) return 'Run all checks again on the present data'
  if (!(kind in inputFiles)) return kinds[kind].action
  return stale === null ? `Bring a newer file: ${kinds[kind].label.toLowerCase()}` : kinds[kind].action
}

/** Where the next action on a criterion is, and what its button says. */
export function actionFor(
  rule: Criterion,
  state: CriterionState,
  asOf: string,
  measure: Measure | null,
  absent: readonly Kind[],
  artifacts: readonly Artifact[],
  project: Project,
): { readonly label: string; readonly route: string } {
  const [missing] = absent
  if (missing) return { label: kinds[missing].action, route: kinds[missing].route }
  const stale = state === 'stale' && (artifacts.find((artifact) => artifact.stale !== null) ?? oldest(rule, artifacts, asOf))
  if (stale && stale.stale !== null && stale.stale === notAgreed(project, stale.kind) && awaitsAgreement(project, stale.kind))
    return {
      label: `Agree to it as it stands: ${kinds[stale.kind].label.toLowerCase()}`,
      route: `${kinds[stale.kind].route}&agree`,
    }
  if (stale) return { label: renewal(stale), route: kinds[stale.kind].route }
  const unsigned = state === 'claimed' && artifacts.find(({ origin }) => !proves(origin))
  if (unsigned) return proofAction(unsigned)
  const cell = measure?.cells.find((each) => each.route !== null)
  if (cell?.route) return { label: openLabel(cell.route), route: cell.route }
  const [first] = rule.needs
  // What is there says too little: a file of more weeks, or with the column filled in.
  const fuller = state === 'missing' && first !== undefined && first in inputFiles
  return first
    ? {
        label: fuller ? `Bring a fuller file: ${kinds[first].label.toLowerCase()}` : kinds[first].action,
        route: kinds[first].route,
      }
    : { label: 'State a claim', route: `/readiness?criterion=${slugOf(rule.code)}` }
}

export const seeTrouble = { label: 'See why the project does not verify', route: '/ledger' }

/** What makes a claim proof: a signature for a file, a run over maps, a word for the mapping. */
function proofAction({ kind, origin }: Artifact): { readonly label: string; readonly route: string } {
  const name = kinds[kind].label.toLowerCase()
  if (origin.kind === 'unverified') return seeTrouble
  if (kind in inputFiles) return { label: `Sign where the file comes from: ${name}`, route: `${kinds[kind].route}&sign` }
  return origin.kind === 'drawn'
    ? { label: 'Run all checks', route: kinds[kind].route }
    : { label: kinds[kind].action, route: kinds[kind].route }
}

function openLabel(route: string): string {
  if (route.startsWith('/data/findings')) return 'Open the finding'
  if (route.startsWith('/workflow')) return route.includes('?step=') ? 'Open the step' : 'Open the workflow'
  return route.startsWith('/review/records') ? 'Review the next record' : 'Open the page'
}
