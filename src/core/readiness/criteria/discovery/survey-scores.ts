/** Item 9: attitudes, infrastructure and resources as asked; by role and question, groups under five people left out. */

import { beside, fileCell, percent } from '../../measures/lines.ts'
import { leastGroup } from '../../measures/teams.ts'
import type { EvidenceOf } from '../../model/artifact.ts'
import { type Cell, type Criterion, nothingToJudge } from '../../model/criterion.ts'

/** Answers without a highest value are read as 0 to 5. */
const usualScale = 5

export const surveyScores: Criterion<'survey'> = {
  code: 'readiness/survey-scores',
  items: [9],
  phase: 'discovery',
  severity: 'warning',
  title: 'Groups do not feel ready',
  why: '"Stakeholder attitudes, IT infrastructure, and available resources" are known before the contract, or after the failure.',
  remedy: 'Talk with the groups listed about the question they answered low, and ask again.',
  needs: ['survey'],
  thresholds: { leastPercent: 60 },
  maxAgeDays: 180,
  claimable: false,
  compute(given, thresholds) {
    const groups = new Map<string, { readonly people: Set<string>; readonly shares: number[] }>()
    const { rows } = given.value('survey')
    const beyond = rows.filter(isBeyond)
    for (const row of rows) {
      if (isBeyond(row)) continue
      const name = `${row.role}: ${row.question_id}`
      const group = groups.get(name) ?? { people: new Set<string>(), shares: [] as number[] }
      group.people.add(row.respondent_id)
      group.shares.push(row.value / (row.scale_max ?? usualScale))
      groups.set(name, group)
    }
    const judged = [...groups].filter(([, { people }]) => people.size >= leastGroup)
    if (judged.length === 0) return nothingToJudge(`No group of ${leastGroup} or more people answered a question`)
    const least = thresholds.leastPercent ?? 60
    const scores = judged.map(([name, { shares, people }]) => ({
      name,
      n: people.size,
      score: percent(
        shares.reduce((sum, share) => sum + share, 0),
        shares.length,
      ),
    }))
    const low = scores.filter(({ score }) => score < least).sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1))
    const cells: readonly Cell[] = [
      ...low.map(({ name, n, score }) => fileCell('survey', `${name}: ${beside(score, least, 0)} % of ${n} people`)),
      ...(beyond.length === 0
        ? []
        : [fileCell('survey', `${beyond.length} answers lie beyond their scale, first in line ${beyond[0]?.line}`)]),
    ]
    return {
      state: cells.length === 0 ? 'proven' : 'failed',
      value: scores.length - low.length,
      of: scores.length,
      threshold: least,
      words: `${scores.length - low.length} of ${scores.length} answers of groups reach ${least} %`,
      cells,
    }
  },
}

/** An answer above the highest, or on a scale that has none. */
function isBeyond({ value, scale_max }: EvidenceOf['survey']['rows'][number]): boolean {
  return value > (scale_max ?? usualScale) || scale_max === 0
}
