/** Examples of `fixed-station-mobile-role.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const fixedStationMobileRoleExamples: Examples<SketchCase> = {
  code: 'workflow/fixed-station-mobile-role',
  decides:
    'A role works on the move by declaration, or because its steps lie in two places or more. It flags if it enters, transcribes or checks at a fixed station. Entries per case decide on the severity.',
  flags: [
    {
      name: 'the physician logs in at a desk',
      subject: { map: 'lane MD mobile\nMD: Examine {verbal mobile 5m} -> MD: Enter findings {enter screen fixed 3m}' },
    },
    {
      name: 'works in two places',
      subject: { map: 'MD: Examine {verbal mobile 5m} -> MD: Enter findings {enter screen fixed 3m}' },
    },
  ],
  passes: [
    {
      name: 'the device comes along',
      subject: { map: 'lane MD mobile\nMD: Examine {verbal mobile 5m} -> MD: Enter findings {enter screen mobile 3m}' },
    },
    {
      name: 'a desk role at its desk',
      subject: { map: 'lane Desk fixed\nDesk: Enter address {enter screen fixed 3m} -> Desk: File {paper fixed 1m}' },
    },
  ],
}
