/** Examples of `total-cost.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const totalCostExamples: EvidenceExamples = {
  code: 'readiness/total-cost',
  decides: 'Each kind of cost and each year of upkeep needs a line with an amount. Zero is an amount; an empty cell is not.',
  flags: [
    // No floor support, no upkeep in years 2 and 3, and training without an amount.
    {
      name: 'four lines are open',
      value: 4,
      evidence: {
        budget: exampleFile(
          'budget',
          sheet('a,licence,0,100\nb,migration,0,50\nc,interfaces,0,20\nd,training,0,\ne,upkeep,1,20'),
        ),
      },
    },
  ],
  passes: [
    {
      name: 'every kind and three years of upkeep',
      value: 0,
      evidence: {
        budget: exampleFile(
          'budget',
          sheet(
            'a,licence,0,100\nb,migration,0,50\nc,interfaces,0,20\nd,training,0,30\ne,floor-support,0,0\nf,upkeep,1,20\ng,upkeep,2,20\nh,upkeep,3,20',
          ),
        ),
      },
    },
  ],
}

function sheet(lines: string): string {
  return `item,kind,year,amount\n${lines}\n`
}
