/** Item 12: "surveys, focus groups, and workflow observations": every role was asked in more than one way, and told what came of it. */
import { askedByRole, askedOpen } from '../../measures/asked-standing.ts'
import { fileCell, held } from '../../measures/lines.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

export const staffAsked: Criterion<'asking' | 'roster'> = {
  code: 'readiness/staff-asked',
  items: [12],
  phase: 'discovery',
  severity: 'warning',
  title: 'Roles were not asked, or in one way only',
  why: 'Who does not answer a survey speaks in an interview, and what nobody says is seen at work.',
  remedy: 'Ask the roles listed in a second way, and tell them what came of it.',
  needs: ['asking', 'roster'],
  // Ours, both. That groups under five are not counted follows the SOPS Medical Office Survey (AHRQ), which reports nothing under five answers.
  thresholds: { leastWays: 2, leastAnsweredPercent: 50 },
  maxAgeDays: 730,
  claimable: false,
  compute(given, thresholds, asOf) {
    const least = { ways: thresholds.leastWays ?? 2, percent: thresholds.leastAnsweredPercent ?? 50 }
    const roles = askedByRole(given.value('asking').rows, given.value('roster').rows, asOf)
    if (roles.length === 0) return nothingToJudge('The roster names no clinician')
    const cells = roles.flatMap((each): readonly Cell[] => {
      const why = askedOpen(each, least)
      return why === null ? [] : [fileCell('asking', `${each.role}: ${why}`)]
    })
    const value = roles.length - cells.length
    const words = `${value} of ${roles.length} roles were asked in ${least.ways} ways or more and told what came of it`
    return held(cells.length === 0, { value, of: roles.length, threshold: roles.length, words, cells })
  },
}
