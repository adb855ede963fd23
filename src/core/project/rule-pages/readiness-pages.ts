/** Pages of the criteria of the board. */
import { criterionExamples } from '../../readiness/criteria/every-example.ts'
import { criteria } from '../../readiness/criteria/index.ts'
import { limitName, limitUnit } from '../../readiness/evidence/limit-names.ts'
import { kinds } from '../../readiness/model/artifact.ts'
import type { Criterion, EvidenceExample } from '../../readiness/model/criterion.ts'
import { phases } from '../../readiness/model/phase.ts'
import { examplesBy, type RulePage, type ShownExample } from './rule-page.ts'

const stated = 'Nothing in a project computes it. It holds once a named person states it, with the day and the reason.'

export function readinessPages(): readonly RulePage[] {
  const known = examplesBy(criterionExamples)
  return criteria.map((criterion): RulePage => {
    const examples = known.get(criterion.code)
    return {
      wording: criterion,
      wing: 'readiness',
      group: phases.find(({ id }) => id === criterion.phase)?.title ?? criterion.phase,
      decides: examples?.decides ?? stated,
      facts: factsOf(criterion),
      limits: Object.entries(criterion.thresholds).map(([name, value]) => ({
        name: limitName(name),
        value,
        unit: limitUnit(name),
        source: 'default of the criterion; a named person may change it before its evidence exists',
      })),
      flags: (examples?.flags ?? []).map(shown),
      passes: (examples?.passes ?? []).map(shown),
      silent: (examples?.silent ?? []).map(shown),
      unshown: examples === undefined ? 'A statement has no evidence that could be shown.' : null,
    }
  })
}

function shown(subject: EvidenceExample): ShownExample {
  return { kind: 'evidence', name: subject.name, subject }
}

function factsOf({ needs, maxAgeDays, counts = [], claimable, sayable, items }: Criterion): RulePage['facts'] {
  return [
    ['Evidence', needs.length === 0 ? 'a named statement' : needs.map((kind) => kinds[kind].label).join(', ')],
    ['Evidence counts for', `${maxAgeDays} days`],
    ['May be stated', mayBeStated(claimable, sayable)],
    ...(counts.length === 0 ? [] : [['Counts the findings', counts.join(', ')] as const]),
    ['Items of the checklist', items.join(', ')],
  ]
}

function mayBeStated(claimable: boolean, sayable: Criterion['sayable']): string {
  if (claimable) return 'yes, by a named person, as long as nothing computes it'
  return sayable ? `only as long as the data hold nothing of it: “${sayable.text}”` : 'no, it is computed'
}
