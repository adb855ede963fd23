/** Examples of `print-to-scan.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const printToScanExamples: Examples<SketchCase> = {
  code: 'workflow/print-to-scan',
  decides:
    'A step that scans elements flags if an earlier step put the same elements on paper: by printing, by fax or by hand. What a system printed counts before other sheets.',
  flags: [
    {
      name: 'a fax is scanned into the record',
      subject: {
        map: 'Desk: Take fax {fax 1m reads=none writes=referral:typed} -> Desk: Scan fax {screen 2m reads=referral writes=referral:scanned}',
      },
    },
    {
      name: 'an e-fax is printed, signed and scanned',
      subject: {
        map: 'Desk: Print fax {paper 1m output=print reads=order writes=none} -> MD: Sign {approve paper 1m reads=order writes=none} -> Desk: Scan {screen 1m reads=none writes=order:scanned}',
      },
    },
  ],
  passes: [
    {
      name: 'another document is scanned',
      subject: {
        map: 'Desk: Print fax {paper 1m output=print reads=order writes=none} -> Desk: Scan card {screen 1m reads=none writes=card:scanned}',
      },
    },
    {
      name: 'it is printed for the patient',
      subject: {
        map: 'Desk: Print plan {paper 1m output=print reads=plan writes=none} -> Desk: Hand out {do verbal 1m writes=none}',
      },
    },
  ],
}
