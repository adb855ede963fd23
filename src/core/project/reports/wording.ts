/** The words of every judgement of every wing, by code: one look-up for lists, reports and help. */
import { wordingOf as dataWording } from '../../data/checks/index.ts'
import { pairWordings } from '../../data/reconcile/compare/difference-codes.ts'
import { wordingOf as criterionWording } from '../../readiness/criteria/index.ts'
import { reviewWordings } from '../../review/result/worklist.ts'
import type { Wording } from '../../rule.ts'
import { wordingOf as workflowWording } from '../../workflow/rules/index.ts'

const pairing = new Map<string, Wording>([...pairWordings, ...reviewWordings].map((wording) => [wording.code, wording]))

/** Title, why and remedy of a code; null where no rule of this version has it. */
export function wordingOf(code: string): Wording | null {
  return dataWording(code) ?? pairing.get(code) ?? workflowWording(code) ?? criterionWording(code) ?? null
}
