/** Item 30: what each role was taught against what it will do, weighted by how often it does it. */

import { isOpenTask, trainingGap } from '../../measures/training-gap.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'
import { counted } from '../shared/open-findings.ts'

export const rolePractice: Criterion<'workflows' | 'lms' | 'roster'> = {
  code: 'readiness/role-practice',
  items: [30],
  phase: 'training',
  severity: 'error',
  title: 'Tasks of a role were not taught',
  why: 'A feature tour teaches the program; people need the tasks of their own role, the frequent ones first.',
  remedy: 'Plan a module for each task listed, with the role that does it, and let it be completed.',
  needs: ['workflows', 'lms', 'roster'],
  thresholds: { mostGapPercent: 10 },
  maxAgeDays: 180,
  claimable: false,
  compute(given, thresholds, asOf) {
    const shown = trainingGap(given.value('workflows'), given.value('lms').rows, given.value('roster').rows, asOf)
    if (shown.gapPercent === null) return nothingToJudge('No step of a person is drawn in a future map')
    const gap = shown.gapPercent
    const open = shown.tasks.filter(isOpenTask).toSorted((a, b) => b.visits - a.visits)
    const most = thresholds.mostGapPercent ?? 10
    const value = Math.round(gap * 10) / 10
    const holds = gap <= most
    const cells = holds
      ? []
      : open.map(
          ({ workflow, node, role }): Cell => ({
            name: `${role}: ${node.label}`,
            route: `/workflow/${workflow}/compare?step=${node.id}`,
          }),
        )
    return {
      state: holds ? 'proven' : 'failed',
      value,
      of: 100,
      threshold: most,
      words: `${value} % of the work of the future maps was not taught (${open.length} of ${shown.tasks.length} tasks)${unmatched(
        shown.roles.filter(({ inRoster }) => !inRoster).map(({ role }) => role),
        shown.strangers,
      )}`,
      cells,
    }
  },
}

/** Roles and modules that the roster does not know, in words; empty where it knows all. */
function unmatched(names: readonly string[], modules: number): string {
  const nobody =
    names.length === 0 ? '' : `; the roster has nobody as ${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''}`
  return modules === 0
    ? nobody
    : `${nobody}; ${counted(modules, 'completed module')} not counted, because the roster has nobody of their number`
}
