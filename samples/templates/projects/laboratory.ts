/**
 * Laboratory: from sample to report, and the call about a critical result.
 * Critical results are reported within one hour and read back: CLSI GP47; ISO 15189; National Patient Safety Goal NPSG.02.03.01.
 * Review by rules or by a person before release: ISO 15189, post-analytical processes.
 */
import type { ProjectTemplate } from '../project-template.ts'

export const laboratory: ProjectTemplate = {
  id: 'laboratory',
  days: 360,
  pairs: [
    {
      id: 'sample-to-report',
      title: 'Sample to report',
      current: `
lane Reception staff=2
lane Scientist staff=3
lane Office staff=1
element request record
element identity record safety
element result record safety
Reception: Compare label and form {paper check 1m reads=identity+request safety} -> Reception: Label and form agree?
Reception: Label and form agree? -0.97 yes-> Reception: Key the request {screen transcribe 2m clicks=16 keys=60 reads=request writes=request:typed+identity:typed safety} -> Reception: Print barcode label {screen 20s clicks=2 output=print} -> Scientist: Load the analyser {verbal 2m wait=20m safety} -> Scientist: Validate the results {paper check wait=40m 2m reads=result safety} -> Scientist: Key results into system {screen transcribe 3m clicks=20 keys=50 reads=result writes=result:typed safety} -> Office: Print and deliver reports {paper notify 2m batch=every:4h reads=result output=print}
Reception: Label and form agree? -0.03 no exception-> Reception: Reject the sample {phone notify 5m safety} -> Reception: Note the rejection {paper enter 1m}`,
      future: `
lane Reception staff=2
lane Scientist staff=3
lane System
element request record
element identity record safety
element result record safety
Reception: Scan the barcode {screen check 20s clicks=1 reads=identity+request safety} -> Reception: Request and sample agree?
Reception: Request and sample agree? -0.98 yes-> Scientist: Load the analyser {verbal 1m wait=10m safety} -> System: Apply validation rules {interface 1s wait=40m reads=result writes=result:auto} -> System: Within the rules?
Reception: Request and sample agree? -0.02 no exception-> Reception: Reject on screen {screen notify 2m clicks=6 safety}
System: Within the rules? -0.8 yes-> System: Send the report {interface 1s reads=result}
System: Within the rules? -0.2 no-> Scientist: Validate on screen {screen check wait=10m 2m clicks=5 reads=result safety} -> System: Send the report`,
      trace: `
Compare label and form => Scan the barcode
Key the request => Scan the barcode
Load the analyser => Load the analyser
Validate the results => Apply validation rules + Validate on screen
Key results into system => Apply validation rules
Print and deliver reports => Send the report
Reject the sample + Note the rejection => Reject on screen`,
    },
    {
      id: 'critical-result',
      title: 'Critical result',
      current: `
lane Scientist staff=3
lane Ward
element result record safety
Scientist: Confirm the value {screen check 10m reads=result safety} -> Scientist: Look up the number {paper 3m} -> Scientist: Call the ward {phone notify 4m reads=result safety} -> Ward: Somebody answers?
Ward: Somebody answers? -0.9 yes-> Scientist: Hear it read back {phone check 1m reads=result safety} -> Scientist: Write in log book {paper enter 2m}
Ward: Somebody answers? -0.1 no exception-> Scientist: Call the doctor on duty {phone notify wait=10m 5m reads=result safety} -> Scientist: Hear it read back`,
      future: `
lane Scientist staff=3
lane Ward
lane System
element result record safety
System: Flag the value {auto 1s reads=result} -> Scientist: Confirm the value {screen check 5m clicks=4 reads=result safety sla=1h owner="Scientist on duty"} -> Scientist: Call the ward {phone notify 4m reads=result safety} -> Ward: Somebody answers?
Ward: Somebody answers? -0.9 yes-> Scientist: Hear it read back {phone check 1m reads=result safety} -> Scientist: Record call and name {screen enter 1m clicks=6}
Ward: Somebody answers? -0.1 no exception-> Scientist: Call the doctor on duty {phone notify wait=10m 5m reads=result safety} -> Scientist: Hear it read back`,
      trace: `
Confirm the value => Confirm the value
Call the ward + Look up the number => Call the ward
Hear it read back => Hear it read back
Call the doctor on duty => Call the doctor on duty
Write in log book => Record call and name`,
    },
  ],
  risks: [
    [
      'A result is shown under another unit or range',
      'tests were renamed, and reference ranges belong to the old method',
      'compare each test code with unit and range; the head of the laboratory signs the list',
      3,
      5,
      'Head of laboratory',
      45,
    ],
    [
      'A result does not reach the requester',
      'the interface acknowledges what the receiving system then drops',
      'count sent, acknowledged and shown messages per day and receiver',
      3,
      5,
      'IT lead',
      30,
    ],
    [
      'A critical result is not called',
      'limits for critical values are not set for every test',
      'compare the list of limits; run one critical value per test before go-live',
      2,
      5,
      'Head of laboratory',
      21,
    ],
    [
      'Samples of the night of cutover belong to nobody',
      'requests are in the old system, samples arrive after it',
      'freeze requests; carry open samples by list, counted at both ends',
      3,
      4,
      'Laboratory manager',
      7,
    ],
    [
      'Earlier results can not be compared',
      'old codes have no partner, so that trends break',
      'map codes to LOINC; show old results in the same column',
      3,
      4,
      'Data lead',
      30,
    ],
    [
      'Labels do not print',
      'printers know the old layout',
      'print from every workplace in the dress rehearsal; spare printers at reception',
      3,
      3,
      'IT lead',
      14,
    ],
  ],
  roles: ['Reception', 'Scientist', 'Office'],
}
