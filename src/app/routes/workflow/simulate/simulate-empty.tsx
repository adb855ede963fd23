/** Nothing to run with yet: the two facts that are missing, to be given here. */

import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import type { Obstacle } from '../../../../core/workflow/simulation/obstacles.ts'
import { EmptyState } from '../../../components/panel.tsx'
import type { Editor } from '../editor/use-editor.ts'
import { readTimes } from '../fields/durations.ts'
import { NumberField, TextField } from '../fields/fields.tsx'
import { scenarioOf, startOf, stepsWithoutTime, withArrival } from './simulate-scenario.ts'

export function EmptyScenario({
  workflow,
  missing,
  editor,
  readOnly,
}: {
  readonly workflow: Workflow
  readonly missing: readonly Obstacle[]
  readonly editor: Editor
  readonly readOnly: boolean
}) {
  const scenario = scenarioOf(workflow)
  const needs = (what: Obstacle['missing']): boolean => missing.some((each) => each.missing === what)
  const untimed = stepsWithoutTime(workflow)
  return (
    <EmptyState title="Give at least one arrival rate and one duration">
      {needs('arrival') && (
        <NumberField
          label="Cases per hour"
          value={null}
          disabled={readOnly}
          hint="On average, over all hours."
          onCommit={(perHour) => {
            if (perHour === null) return
            const first = scenario.arrivals[0]
            const node = first?.node ?? startOf(workflow)
            editor.edit({ kind: 'set-scenario', scenario: withArrival(scenario, 0, { node, perHour }) }, 'Arrivals given')
          }}
        />
      )}
      {needs('duration') &&
        (untimed.length === 0 ? (
          <p>
            There is no step to give a duration to. <a href={`#/workflow/${workflow.id}/compare`}>Draw the first step</a>
          </p>
        ) : (
          ['current' as const, 'future' as const].map((side) => {
            const first = untimed.find((each) => each.side === side)
            return (
              first && (
                <TextField
                  key={side}
                  label={`${side === 'current' ? 'Current' : 'Future'}: “${first.node.label}” takes`}
                  value=""
                  disabled={readOnly}
                  hint="Minutes, or a text such as 90 s, 2 h, 2 / 4 / 8."
                  onCommit={(text) => {
                    const service = readTimes(text, null)
                    if (service == null) return 'Give minutes, or a text such as 90 s or 2 / 4 / 8.'
                    editor.edit({ kind: 'change-node', side, id: first.node.id, facts: { service } }, 'Duration given')
                    return null
                  }}
                />
              )
            )
          })
        ))}
    </EmptyState>
  )
}
