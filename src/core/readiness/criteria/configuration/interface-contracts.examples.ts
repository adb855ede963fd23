/** Examples of `interface-contracts.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const interfaceContractsExamples: EvidenceExamples = {
  code: 'readiness/interface-contracts',
  decides: 'Each interface must name the clause of the contract that promises it.',
  flags: [
    {
      name: 'the picture archive has none',
      value: 1,

      evidence: {
        interfaces: exampleFile('interfaces', 'edge_id,from,to,clause\nlab,LabSys,OpenChart,§4.2\npacs,PACS,OpenChart,\n'),
      },
    },
  ],
  passes: [
    {
      name: 'each has one',
      value: 0,

      evidence: { interfaces: exampleFile('interfaces', 'edge_id,from,to,clause\nlab,LabSys,OpenChart,§4.2\n') },
    },
  ],
}
