/** Item 59: every step of the future workflows was rehearsed, and its last try passed without a defect. */
import { isStep } from '../../../workflow/map/workflow.ts'
import { held, lineCell } from '../../measures/lines.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const dressRehearsal: Criterion<'rehearsals' | 'workflows'> = {
  code: 'readiness/dress-rehearsal',
  items: [59],
  phase: 'pre-launch',
  severity: 'error',
  title: 'The dress rehearsal left steps out or failed',
  why: 'What breaks between two departments breaks for the first time with a patient in the room.',
  remedy: 'Run the steps listed end to end with a handful of patients, mend what failed, and run them again.',
  needs: ['rehearsals', 'workflows'],
  thresholds: { leastPercent: 100 },
  maxAgeDays: 90,
  claimable: false,
  compute(given, thresholds) {
    const steps = given
      .value('workflows')
      .flatMap(({ id, future }) =>
        [...future.nodes.values()].filter((node) => isStep(node) && !node.external).map((node) => ({ workflow: id, node })),
      )
    if (steps.length === 0) return nothingToJudge('No future workflow has a step')
    const tries = given.value('rehearsals').rows.filter((row) => row.kind === 'dress')
    const cells = steps.flatMap(({ workflow, node }): readonly Cell[] => {
      const own = tries.filter((row) => row.workflow === workflow && (row.step === node.id || row.step === node.label))
      const last = own.toSorted((a, b) => a.started_at.at - b.started_at.at).at(-1)
      if (!last)
        return [{ name: `${node.label} (${workflow}): not rehearsed`, route: `/workflow/${workflow}/compare?step=${node.id}` }]
      if (last.result === 'pass' && last.defect === null) return []
      return [lineCell('rehearsals', last.line, `${node.label} (${workflow}): ${last.defect ?? 'failed'}`)]
    })
    const value = steps.length - cells.length
    const least = thresholds.leastPercent ?? 100
    const words = `${value} of ${steps.length} steps were rehearsed and passed`
    return held(value * 100 >= least * steps.length, { value, of: steps.length, threshold: least, words, cells })
  },
}
