/** Whether what a criterion counts differences in was compared at all: where it was not, no count is proof. */
import { domainOf } from '../../../data/crosswalk/plan/elements.ts'
import { notComparedCode } from '../../../data/crosswalk/plan/not-compared.ts'
import { notMappedCode } from '../../../data/reconcile/account/not-mapped.ts'
import type { SafetyClass } from '../../../finding.ts'
import type { RunFinding, RunPairing } from '../../../project/format/run.ts'
import { type Measure, nothingToJudge } from '../../model/criterion.ts'
import { findingCell } from './open-findings.ts'

/**
 * The measure as it is where every element of these classes was compared; else a proof is withheld, and what fails stays failed.
 * Accepting the finding compares nothing, so nobody's acceptance counts here.
 */
export function withheld(measure: Measure, findings: readonly RunFinding[], classes: readonly SafetyClass[]): Measure {
  const missing = findings.filter(
    ({ code, severity, safety }) =>
      (code === notComparedCode || (code === notMappedCode && severity === 'error')) &&
      safety !== undefined &&
      classes.includes(safety),
  )
  if (missing.length === 0 || measure.state === 'missing') return measure
  const cells = [...missing.map(findingCell), ...measure.cells]
  if (measure.state === 'failed') return { ...measure, words: `${measure.words}; ${notComparedWords(missing)}`, cells }
  return { ...measure, state: 'unknown', value: null, words: `Not judged: ${notComparedWords(missing)}`, cells }
}

/** "AllergyIntolerance.criticality and 2 more were not compared" – elements of the target, the columns are in the cells. */
function notComparedWords(missing: readonly RunFinding[]): string {
  const names = [...new Set(missing.map(({ place }) => place.split(' → ')[1] ?? place))].sort()
  const shown = names.slice(0, 3)
  const rest = names.length - shown.length
  const all = rest > 0 ? [...shown, `${rest} more`] : shown
  const list = all.length === 1 ? all[0] : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
  return `${list} ${names.length === 1 ? 'was' : 'were'} not compared`
}

/** True for a finding about medicines, by the element of the target that it stands at. */
export function isMedicine({ place }: RunFinding): boolean {
  return domainOf(place.split('.')[0] ?? '') === 'medicines'
}

/** Entries of this class that were held side by side; null where the run is older than that count. */
export function comparedOf({ bySafety, items }: RunPairing, safety: SafetyClass): number | null {
  if (items === 0) return 0
  return bySafety ? (bySafety[safety] ?? 0) : null
}

/** For a comparison that had no entry: what is missing so that it can be judged. */
export function nothingComparedOf(entries: string, compared: number | null): Measure {
  if (compared === null) {
    const words = `Not judged: the run is older than the count of compared ${entries}. Run all checks again`
    return { ...nothingToJudge(words), state: 'unknown' }
  }
  return nothingToJudge(
    `Not judged: no ${entries} were compared. Add their tables on both sides, confirm their lines of the field map and run all checks again`,
  )
}
