/** DB23: a future step reads data that the migration does not bring. */
import type { Node } from '../map/workflow.ts'
import type { DataState } from './data-states.ts'
import { factOf, idsOf, type Side, stepsOf, timeFact } from './side.ts'
import { firing, type SurvivalRule, untold } from './survival-rule.ts'

const words: Readonly<Record<DataState, string>> = {
  carried: 'mapped and validated',
  mapped: 'mapped, not validated',
  missing: 'has no source field',
}

export const neededDataNotCarried: SurvivalRule = {
  code: 'workflow/needed-data-not-carried',
  db: 'DB23',
  title: 'A step needs data that is not carried over',
  why: 'On the first day the screen is empty where the old record had the answer, and people decide without it.',
  remedy: 'Open the crosswalk: map the field and validate it, or change the step so that it asks.',
  severity: 'error',
  metric: { name: 'visits that read it', unit: 'per case' },
  both: true,
  reads: [],
  levers: [{ practice: 'integral-technology', how: 'Map and validate the source field before the switch.' }],
  *find(side) {
    if (side.name !== 'future') return
    const readers = new Map<string, { at: number; node: Node }[]>()
    const entered = entries(side)
    for (const step of stepsOf(side)) {
      if (step.node.type === 'wait') continue
      if (step.node.reads === null) yield untold([step.node.id], [`what “${step.node.label}” reads`])
      for (const element of step.node.reads ?? []) {
        if ((entered.get(element) ?? []).some((at) => at !== step.at && side.view.reaches(at, step.at))) continue
        const list = readers.get(element)
        if (list) list.push(step)
        else readers.set(element, [step])
      }
    }
    for (const [element, steps] of [...readers].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const nodes = steps.map(({ node }) => node)
      const label = side.view.graph.elements.get(element)?.label || element
      const state = side.evidence?.get(element)
      if (state === undefined) {
        yield untold(idsOf(nodes), [`whether “${label}” is carried over`])
        continue
      }
      if (state === 'carried') continue
      const often = steps.reduce((sum, { at }) => sum + (side.times.steps[at]?.visits ?? 0), 0)
      const safety = side.view.graph.elements.get(element)?.safety === true || nodes.some((node) => node.safety)
      yield firing({
        subject: idsOf(nodes),
        metric: often,
        severity: safety ? 'critical' : 'error',
        facts: [factOf('element', label, words[state], nodes), timeFact(side, 'visits that read it', often, 'per case')],
      })
    }
  },
}

/** Where each element is entered by somebody, or scanned: what is read behind that needs no carrying. */
function entries(side: Side): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>()
  for (const { at, node } of stepsOf(side))
    for (const { element, mode } of node.writes ?? []) {
      if (mode !== 'typed' && mode !== 'picked' && mode !== 'scanned') continue
      const list = found.get(element)
      if (list) list.push(at)
      else found.set(element, [at])
    }
  return found
}
