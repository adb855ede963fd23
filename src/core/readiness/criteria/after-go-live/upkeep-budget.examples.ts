/** Examples of `upkeep-budget.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const upkeepBudgetExamples: EvidenceExamples = {
  code: 'readiness/upkeep-budget',
  decides:
    'In each of the years of the limit upkeep must reach the share of the initial cost. One upgrade must be budgeted in these years.',
  flags: [
    // 10 of 100 is 10 %.
    {
      name: 'the third year has a tenth',
      value: 10,
      evidence: { budget: money('upkeep,1,18\nupkeep,2,18\nupkeep,3,10\nupgrade,2,20') },
    },
    // 14.96 of 100; rounded to 15 it would pass.
    {
      name: 'the third year is a little short of fifteen',
      value: 14.96,
      evidence: { budget: money('upkeep,1,18\nupkeep,2,18\nupkeep,3,14.96\nupgrade,2,20') },
    },
    { name: 'nobody budgeted an upgrade', value: 18, evidence: { budget: money('upkeep,1,18\nupkeep,2,18\nupkeep,3,18') } },
  ],
  passes: [
    {
      name: 'fifteen of a hundred each year',
      value: 15,
      evidence: { budget: money('upkeep,1,15\nupkeep,2,15\nupkeep,3,15\nupgrade,3,20') },
    },
  ],
}

function money(lines: string) {
  const rows = lines.split('\n').map((line, n) => `l${n},${line}`)
  return exampleFile('budget', `item,kind,year,amount\nLicences,licence,0,80\nTraining,training,0,20\n${rows.join('\n')}\n`)
}
