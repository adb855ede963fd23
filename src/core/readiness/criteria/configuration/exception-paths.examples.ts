/** Examples of `exception-paths.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleWorkflow } from '../examples/example-evidence.ts'

export const exceptionPathsExamples: EvidenceExamples = {
  code: 'readiness/exception-paths',
  decides: 'Each drawn future map needs at least one exception, one flow after a timeout, or one step of kind “exception”.',
  flags: [{ name: 'one straight line', value: 1, evidence: { workflows: [exampleWorkflow({ future: [{ id: 'send' }] })] } }],
  passes: [
    {
      name: 'after two days the task goes to the supervisor',
      value: 0,

      evidence: {
        workflows: [
          exampleWorkflow({
            future: [{ id: 'send' }, { id: 'call' }],
            futureEdges: [{ id: 'e1', from: 'send', to: 'call', timeout: 172_800 }],
          }),
        ],
      },
    },
  ],
}
