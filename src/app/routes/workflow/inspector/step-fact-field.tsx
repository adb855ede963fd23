/** One fact of one step or of several at once, as a field: where steps differ the field says so, and an answer is given to all of them. */

import { orderedLanes } from '../../../../core/workflow/drawing/layout.ts'
import type { Command, NodeFacts } from '../../../../core/workflow/edit/edit.ts'
import {
  factLevels,
  media,
  mediumClasses,
  type Node,
  places,
  stepKinds,
  type Workflow,
  type WorkflowSide,
} from '../../../../core/workflow/map/workflow.ts'
import { type NodeRef, parseRef } from '../../../canvas/node-ref.ts'
import { laneCommand, nodeLabel } from '../editor/edits.ts'
import type { EditorActs } from '../editor/use-editor.ts'
import { readTimes, writeTimes } from '../fields/durations.ts'
import { NumberField, SelectField, TextField, wordOptions } from '../fields/fields.tsx'

/** Facts that several steps can be given in one go, in the order of the panel. */
export const sharedFacts = ['kind', 'medium', 'service', 'wait', 'lane', 'clicks', 'place', 'evidence'] as const
export type SharedFact = (typeof sharedFacts)[number]

const words: Readonly<Record<SharedFact, string>> = {
  kind: 'Kind of work',
  medium: 'Medium',
  service: 'Minutes',
  wait: 'Wait before',
  lane: 'Role',
  clicks: 'Clicks',
  place: 'Place',
  evidence: 'Evidence',
}

const mediumWords = new Map<string, string>([
  ...mediumClasses.physical.map((medium) => [medium, `${medium} (off the record)`] as const),
  ...mediumClasses.machine.map((medium) => [medium, `${medium} (machine)`] as const),
])
export const mediumOptions = media.map((medium) => ({ id: medium, label: mediumWords.get(medium) ?? medium }))
export const notTime = 'Write 4, 90 s, 1:30, 3-5, about 2 h, or 2 / 4 / 8 for least, usual and most.'
const differ = 'several answers'

export interface StepFactFieldProps {
  readonly workflow: Workflow
  readonly editor: Pick<EditorActs, 'edit'>
  readonly refs: readonly NodeRef[]
  readonly fact: SharedFact
  readonly readOnly: boolean
  /** In a table the column says what it is, and the label the step. */
  readonly bare?: boolean
}

/** Nothing where none of the steps can have the fact. */
export function StepFactField({ workflow, editor, refs, fact, readOnly, bare = false }: StepFactFieldProps) {
  const steps = stepsOf(workflow, refs).filter(({ node }) => has(node, fact))
  const [first] = steps
  if (!first) return null
  const name = steps.length === 1 ? nodeLabel(first.node) : `${steps.length} steps`
  const give = (facts: (node: Node) => NodeFacts, said: string): void => {
    const commands = steps.map(({ side, node }): Command => ({ kind: 'change-node', side, id: node.id, facts: facts(node) }))
    editor.edit(commands.length === 1 && commands[0] ? commands[0] : { kind: 'together', commands }, said)
  }
  const said = (answer: string | null): string => `${words[fact]} of ${name}: ${answer ?? 'not known'}`
  const same = <T,>(of: (node: Node) => T): T | undefined => {
    const value = of(first.node)
    return steps.every(({ node }) => of(node) === value) ? value : undefined
  }
  const shared = { label: bare ? `${words[fact]} of ${name}` : words[fact], fact, disabled: readOnly, bare }
  const chosen = <T extends string>(of: (node: Node) => T | null) => {
    const value = same(of)
    return { value: value ?? null, none: value === undefined ? differ : 'Not said' }
  }
  switch (fact) {
    case 'kind':
      return (
        <SelectField
          {...shared}
          {...chosen((node) => node.kind)}
          options={wordOptions(stepKinds)}
          onCommit={(kind) => give(() => ({ kind }), said(kind))}
        />
      )
    case 'medium':
      return (
        <SelectField
          {...shared}
          {...chosen((node) => node.medium)}
          options={mediumOptions}
          onCommit={(medium) => give(() => ({ medium }), said(medium))}
        />
      )
    case 'place':
      return (
        <SelectField
          {...shared}
          {...chosen((node) => node.place)}
          options={wordOptions(places)}
          onCommit={(place) => give(() => ({ place }), said(place))}
        />
      )
    case 'evidence':
      return (
        <SelectField
          {...shared}
          {...chosen((node) => node.evidence?.level ?? null)}
          options={wordOptions(factLevels)}
          onCommit={(level) =>
            give((node) => ({ evidence: level === null ? null : { source: '', n: null, ...node.evidence, level } }), said(level))
          }
        />
      )
    case 'lane': {
      const side = same(() => first.side) && steps.every((step) => step.side === first.side) ? first.side : null
      if (side === null) return null
      const value = same((node) => node.lane)
      return (
        <SelectField
          {...shared}
          value={value ?? null}
          options={orderedLanes(workflow[side]).map((lane) => ({ id: lane.id, label: lane.label }))}
          none={value === undefined ? differ : 'No lane'}
          onCommit={(lane) => {
            const ids = steps.map(({ node }) => node.id)
            editor.edit(laneCommand(workflow, side, ids, lane), `Moved ${name}`)
          }}
        />
      )
    }
    case 'clicks': {
      const value = same((node) => node.clicks)
      return (
        <NumberField
          {...shared}
          value={value ?? null}
          {...(value === undefined ? { otherwise: differ } : {})}
          onCommit={(clicks) => give(() => ({ clicks }), said(clicks === null ? null : String(clicks)))}
        />
      )
    }
    default: {
      const value = same((node) => writeTimes(node[fact]))
      return (
        <TextField
          {...shared}
          value={value ?? ''}
          {...(value === undefined ? { otherwise: differ } : {})}
          onCommit={(text) => {
            if (steps.some(({ node }) => readTimes(text, node[fact]) === undefined)) return notTime
            give((node) => ({ [fact]: readTimes(text, node[fact]) ?? null }), said(text === '' ? null : text))
            return null
          }}
        />
      )
    }
  }
}

/** What work has, what a wait has, and what stands in a lane. */
function has(node: Node, fact: SharedFact): boolean {
  if (fact === 'lane' || fact === 'evidence') return node.type !== 'note'
  const works = node.type === 'step' || node.type === 'subworkflow'
  return works || (fact === 'wait' && node.type === 'wait')
}

function stepsOf(workflow: Workflow, refs: readonly NodeRef[]): readonly { readonly side: WorkflowSide; readonly node: Node }[] {
  return refs.flatMap((ref) => {
    const place = parseRef(ref)
    const node = place && workflow[place.side].nodes.get(place.id)
    return place && node ? [{ side: place.side, node }] : []
  })
}
