/** All rules over workflows, in the order of the catalogue; to add one, write its file and add its line here. */
import type { Wording } from '../../rule.ts'
import { structureRules } from '../structure/index.ts'
import { approvalChain } from './approval-chain.ts'
import { batchAndWait } from './batch-and-wait.ts'
import { clickBurden } from './click-burden.ts'
import { digitizedApproval } from './digitized-approval.ts'
import { handOffPingPong } from './hand-off-ping-pong.ts'
import { overloadedRole } from './overloaded-role.ts'
import { reKeying } from './re-keying.ts'
import { reworkLoop } from './rework-loop.ts'
import type { SurvivalRule } from './survival-rule.ts'
import { unsourcedStep } from './unsourced-step.ts'
import { untracedStep } from './untraced-step.ts'

export const survivalRules: readonly SurvivalRule[] = [
  digitizedApproval,
  approvalChain,
  reKeying,
  handOffPingPong,
  reworkLoop,
  overloadedRole,
  batchAndWait,
  clickBurden,
  untracedStep,
  unsourcedStep,
]

const wordings: ReadonlyMap<string, Wording> = new Map([...survivalRules, ...structureRules].map((rule) => [rule.code, rule]))

/** Title, why, remedy and severity of a workflow code; undefined for codes of other wings. */
export function wordingOf(code: string): Wording | undefined {
  return wordings.get(code)
}

export const workflowCodes: readonly string[] = [...wordings.keys()]
