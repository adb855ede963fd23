/** Examples of `click-burden.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const clickBurdenExamples: Examples<SketchCase> = {
  code: 'workflow/click-burden',
  decides:
    'A step on a screen flags at the limit of clicks, above the limit of screens, or above the limit of growth against today. It also flags if clicks and keys take longer than the paper step that they replace (keystroke-level model).',
  flags: [
    { name: '14 clicks for vitals', subject: { map: 'MA: Enter vitals {enter screen 1m clicks=14 screens=2}' } },
    {
      name: 'a fifth more than today',
      subject: {
        before: 'MA: Enter vitals {enter screen 1m clicks=5 screens=1}',
        map: 'MA: Enter vitals {enter screen 1m clicks=7 screens=1}',
      },
    },
    {
      name: 'slower than the paper it replaces',
      subject: {
        before: 'MA: Note vitals {paper 10s clicks=0 screens=0}',
        map: 'MA: Note vitals {enter screen 20s clicks=12 screens=1}',
      },
    },
  ],
  passes: [
    { name: '13 clicks', subject: { map: 'MA: Enter vitals {enter screen 1m clicks=13 screens=2}' } },
    {
      name: 'no more than today',
      subject: {
        before: 'MA: Enter vitals {enter screen 1m clicks=6 screens=1}',
        map: 'MA: Enter vitals {enter screen 1m clicks=7 screens=1}',
      },
    },
  ],
}
