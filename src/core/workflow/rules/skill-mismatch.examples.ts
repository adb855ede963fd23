/** Examples of `skill-mismatch.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const skillMismatchExamples: Examples<SketchCase> = {
  code: 'workflow/skill-mismatch',
  decides:
    'A step of the role with the highest licence flags if enough of its cases fit a protocol. The limit says how many are enough. A step that states that it needs this licence does not flag. A role without a stated licence is asked for, not judged.',
  flags: [
    {
      name: 'the physician handles all refills',
      subject: { map: 'lane MD licence=5\nlane Nurse licence=3\nNurse: Take call {3m} -> MD: Refill {2m protocolShare=0.9}' },
    },
  ],
  passes: [
    {
      name: '89 % fit a protocol',
      subject: { map: 'lane MD licence=5\nlane Nurse licence=3\nNurse: Take call {3m} -> MD: Refill {2m protocolShare=0.89}' },
    },
    {
      name: 'the law asks for the licence',
      subject: {
        map: 'lane MD licence=5\nlane Nurse licence=3\nNurse: Take call {3m} -> MD: Refill {2m protocolShare=0.95 minLicence=5}',
      },
    },
    {
      name: 'the nurse does it',
      subject: {
        map: 'lane MD licence=5\nlane Nurse licence=3\nMD: See {3m protocolShare=0.1} -> Nurse: Refill {2m protocolShare=0.95}',
      },
    },
  ],
}
