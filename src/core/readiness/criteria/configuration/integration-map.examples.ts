/** Examples of `integration-map.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const integrationMapExamples: EvidenceExamples = {
  code: 'readiness/integration-map',
  decides:
    'Each interface needs direction, standard, trigger, peak per hour, service, retry, downtime and owner. What is critical must not be planned for a later phase.',
  flags: [
    {
      name: 'one names no retry and no owner',
      // Two facts of one interface are missing: one interface.
      value: 1,

      evidence: {
        interfaces: exampleFile(
          'interfaces',
          whole('lab,LabSys,OpenChart,two-way,HL7 v2.5.1,result released,120,99.5 %,,print results,'),
        ),
      },
    },
    {
      name: 'one that patients depend on comes in phase two',
      value: 1,

      evidence: {
        interfaces: exampleFile(
          'interfaces',
          whole(
            'lab,LabSys,OpenChart,two-way,HL7 v2.5.1,result released,120,99.5 %,3 times,print results,IT lead,,,yes,phase two',
          ),
        ),
      },
    },
  ],
  passes: [
    {
      name: 'all eight are said',
      value: 0,

      evidence: {
        interfaces: exampleFile(
          'interfaces',
          whole('lab,LabSys,OpenChart,two-way,HL7 v2.5.1,result released,120,99.5 %,3 times,print results,IT lead'),
        ),
      },
    },
  ],
}

function whole(line: string): string {
  return `edge_id,from,to,direction,standard,trigger,peak_per_hour,service,retry,downtime,owner,clause,test_evidence,critical,phase\n${line}\n`
}
