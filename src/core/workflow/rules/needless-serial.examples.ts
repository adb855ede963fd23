/** Examples of `needless-serial.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const needlessSerialExamples: Examples<SketchCase> = {
  code: 'workflow/needless-serial',
  decides:
    'Two steps of different roles in a row flag if the second reads nothing that the first writes. Left out are pairs with a clinical check, and pairs whose first step decides, approves or has several ways out. The shorter of both lead times is what could run side by side.',
  flags: [
    {
      name: 'eligibility before vitals',
      subject: {
        map: 'Desk: Check eligibility {check portal 6m wait=0s reads=plan writes=cover} -> MA: Take vitals {do 4m wait=0s reads=none writes=bp}',
      },
    },
  ],
  passes: [
    {
      name: 'a call to the patient behind the allergy check',
      subject: {
        map: 'element allergies record safety\nNurse: Check allergies {check screen 6m wait=0s reads=allergies writes=none} -> Desk: Call patient {notify phone 4m wait=0s reads=none writes=none}',
      },
    },
    {
      name: 'the second reads what the first writes',
      subject: {
        map: 'MA: Take vitals {do 4m wait=0s reads=none writes=bp} -> MD: Judge {check 6m wait=0s reads=bp writes=none}',
      },
    },
    {
      name: 'the first decides',
      subject: {
        map: 'MD: Decide {decide 4m wait=0s reads=none writes=none} -> Desk: Book {do 6m wait=0s reads=none writes=none}',
      },
    },
  ],
}
