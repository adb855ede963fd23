/** Examples of `alert-fatigue.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const alertFatigueExamples: Examples<SketchCase> = {
  code: 'workflow/alert-fatigue',
  decides:
    'A step on a screen flags if it shows more alerts per case than the first limit. It also flags if more of them are overridden than the second limit, or fewer are appropriate than the third.',
  flags: [
    { name: 'three per case', subject: { map: 'MD: Order {enter screen 2m alerts=3:0.5:0.5}' } },
    { name: '93 % are overridden', subject: { map: 'MD: Order {enter screen 2m alerts=0.5:0.93:0.2}' } },
    { name: '7 % are appropriate', subject: { map: 'MD: Order {enter screen 2m alerts=0.5:0.5:0.07}' } },
  ],
  passes: [
    { name: 'one in two cases, 80 % overridden', subject: { map: 'MD: Order {enter screen 2m alerts=0.5:0.8:0.3}' } },
    { name: 'no alerts', subject: { map: 'MD: Order {enter screen 2m alerts=0}' } },
  ],
}
