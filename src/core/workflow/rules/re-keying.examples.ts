/** Examples of `re-keying.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const reKeyingExamples: Examples<SketchCase> = {
  code: 'workflow/re-keying',
  decides:
    'A step that types a data element flags if an earlier step typed the same element. It also flags if it reads the element from an earlier step outside the clinic or off screen (paper, phone, fax, verbal, spreadsheet). A step of kind “transcribe” flags wherever it types something. Any other step that says what it reads is judged by these elements alone. Steps of kind “exception” and steps that only exceptions lead to are left out. Seconds per case are working time, else clicks and keys, times visits.',
  flags: [
    {
      name: 'vitals on paper, typed later',
      subject: {
        map: 'MA: Note vitals {paper 1m reads=none writes=bp:typed} -> MA: Type vitals {transcribe screen 2m reads=bp writes=bp:typed}',
      },
    },
    {
      name: 'a print-out is typed off',
      subject: {
        map: 'MA: Print reading {paper 1m reads=none writes=bp:auto} -> MA: Enter {enter screen 1m reads=bp writes=bp:typed}',
      },
    },
  ],
  passes: [
    {
      name: 'typed once, filled in automatically once',
      subject: {
        map: 'MA: Type vitals {enter screen 1m reads=none writes=bp:typed} -> MA: Open chart {do screen 1m reads=bp writes=bp:auto}',
      },
    },
    {
      name: 'written by hand only while the system is down',
      subject: {
        map: 'MA: Type weight {enter screen 1m reads=none writes=weight:typed} -> end\nMA: Type weight -exception-> MA: Note weight {enter paper 1m reads=none writes=weight:typed} -> end',
      },
    },
    {
      name: 'two different elements',
      subject: {
        map: 'MA: Type pressure {enter screen 1m reads=none writes=bp:typed} -> MA: Type weight {enter screen 1m reads=none writes=weight:typed}',
      },
    },
  ],
}
