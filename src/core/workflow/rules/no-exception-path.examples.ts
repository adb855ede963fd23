/** Examples of `no-exception-path.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const noExceptionPathExamples: Examples<SketchCase> = {
  code: 'workflow/no-exception-path',
  decides:
    'A step that decides, is a machine or is done outside the clinic flags if no exception leaves it. A machine of the clinic that only checks is left out. An electronic step that touches safety also flags if no exception at or before it leads to an end without screens and machines.',
  flags: [
    { name: 'an interface that may reject', subject: { map: 'MD: Prescribe {screen 1m} -> eRx: Transmit {interface 1s}' } },
    {
      name: 'a safety step without a downtime plan',
      subject: {
        map: 'Nurse: Give drug {do screen safety 2m}\nNurse: Give drug -exception-> Nurse: Ask on screen {do screen 1m}',
      },
    },
  ],
  passes: [
    {
      name: 'an automatic check beside the work',
      subject: {
        map: 'element allergies record safety\nMD: Choose drug {screen 1m} -> System: Check allergies {check auto 1s reads=allergies writes=none}',
      },
    },
    {
      name: 'the rejection goes to the nurse',
      subject: {
        map: 'MD: Prescribe {screen 1m} -> eRx: Transmit {interface 1s} -> end\neRx: Transmit -exception-> Nurse: Call pharmacy {do phone 3m} -> end',
      },
    },
    {
      name: 'paper while the system is down',
      subject: {
        map: 'Nurse: Give drug {do screen safety 2m} -> end\nNurse: Give drug -exception-> Nurse: Note on paper chart {do paper 3m} -> end',
      },
    },
  ],
}
