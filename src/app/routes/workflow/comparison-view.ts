/** What the canvas and the table show of a comparison: flags, waits, dotted lines, captions and gaps in the trace. */
import { useMemo } from 'react'
import { meanOf } from '../../../core/workflow/distribution.ts'
import { traceOf } from '../../../core/workflow/trace.ts'
import { isStep, type Workflow, type WorkflowSide } from '../../../core/workflow/workflow.ts'
import type { Caption } from '../../canvas/lane-bands.tsx'
import { type NodeRef, refOf } from '../../canvas/node-ref.ts'
import type { TraceLine } from '../../canvas/scene.ts'
import type { Flag } from '../../canvas/words.ts'
import { useWorkspace } from '../../workspace/state.ts'

export interface ComparisonView {
  readonly flags: ReadonlyMap<NodeRef, Flag>
  readonly waits: ReadonlyMap<NodeRef, number>
  readonly lines: readonly TraceLine[]
  readonly captions: Readonly<Record<WorkflowSide, Caption>>
  readonly trace: {
    readonly traced: number
    readonly steps: number
    readonly untraced: { readonly current: readonly string[]; readonly future: readonly string[] }
  }
}

export function useComparisonView(workflow: Workflow, selected: ReadonlySet<NodeRef>, allTraces: boolean): ComparisonView {
  const systems = useSystems()
  const trace = useMemo(() => {
    const { untraced } = traceOf(workflow)
    const steps = [...workflow.current.nodes.values()].filter(isStep).length
    return { steps, traced: steps - untraced.current.length, untraced }
  }, [workflow])
  const waits = useMemo(() => givenWaits(workflow), [workflow])
  const lines = useMemo(() => traceLines(workflow, selected, allTraces), [workflow, selected, allTraces])
  const captions = useMemo(
    () => ({
      current: { system: systems.legacy, leadTime: null, p90: null, stale: false },
      future: { system: systems.target, leadTime: null, p90: null, stale: false },
    }),
    [systems],
  )
  return { flags: noFlags, waits, lines, captions, trace }
}

const noFlags: ReadonlyMap<NodeRef, Flag> = new Map()

function useSystems() {
  const legacy = useWorkspace((w) => w.project?.manifest.legacy ?? '')
  const target = useWorkspace((w) => w.project?.manifest.target ?? '')
  return useMemo(() => ({ legacy, target }), [legacy, target])
}

function givenWaits(workflow: Workflow): ReadonlyMap<NodeRef, number> {
  const waits = new Map<NodeRef, number>()
  for (const side of ['current', 'future'] as const)
    for (const node of workflow[side].nodes.values()) if (node.wait !== null) waits.set(refOf(side, node.id), meanOf(node.wait))
  return waits
}

function traceLines(workflow: Workflow, selected: ReadonlySet<NodeRef>, all: boolean): readonly TraceLine[] {
  const lines: TraceLine[] = []
  for (const link of workflow.trace.values())
    for (const current of link.from)
      for (const future of link.to) {
        const from = refOf('current', current)
        const to = refOf('future', future)
        if (all || selected.has(from) || selected.has(to)) lines.push({ from, to, look: 'trace', words: '' })
      }
  return lines
}
