/** What the canvas and the table show of a comparison: flags, waits, captions, dotted lines and gaps in the trace. */
import { useEffect, useMemo } from 'react'
import { meanOf } from '../../../../core/workflow/map/distribution.ts'
import { handoffs } from '../../../../core/workflow/map/graph.ts'
import { type Graph, isStep, type Node, sides, type Workflow, type WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import { obstacles } from '../../../../core/workflow/simulation/obstacles.ts'
import type { Comparison } from '../../../../core/workflow/survival/compare.ts'
import type { SimulationResult } from '../../../../core/workflow/times/result.ts'
import { proposedSteps, traceOf } from '../../../../core/workflow/trace/trace.ts'
import type { Caption } from '../../../canvas/lane-props.ts'
import { type NodeRef, refOf } from '../../../canvas/node-ref.ts'
import type { TraceLine } from '../../../canvas/scene-model.ts'
import { isBegun } from '../../../canvas/stage.ts'
import type { Flag } from '../../../canvas/words.ts'
import { useWorkspace, type WorkflowResult } from '../../../session/state.ts'
import { isStale, lastComparison, prepareFlags } from '../acts/workflow-flags.ts'
import { judgeSoon } from '../acts/workflow-results.ts'
import { flagsOf, movedLines } from './findings.ts'
import type { Editor } from './use-editor.ts'

export interface ComparisonView {
  readonly flags: ReadonlyMap<NodeRef, Flag>
  readonly waits: ReadonlyMap<NodeRef, number>
  readonly captions: Readonly<Record<WorkflowSide, Caption>>
  /** The last simulation and what it was of. */
  readonly result: WorkflowResult | null
  /** What the rules say of the map as it is; its times may be from before the last edit. */
  readonly comparison: Comparison | null
  /** The map was edited after it was simulated. */
  readonly stale: boolean
  readonly trace: {
    /** Steps of today with an answer that a person gave. */
    readonly traced: number
    /** Steps whose answer was copied or suggested, and not confirmed. */
    readonly proposed: number
    readonly steps: number
    readonly untraced: { readonly current: readonly string[]; readonly future: readonly string[] }
  }
}

/** The same object as long as nothing of it changed: a selection changes nothing. */
export function useComparisonView(workflow: Workflow): ComparisonView {
  const systems = useSystems()
  const result = useWorkspace((w) => w.results.get(workflow.id) ?? null)
  const stale = isStale(result, workflow)
  const comparison = lastComparison(result)
  useEffect(() => (result && !result.since ? prepareFlags(result) : undefined), [result])
  // A map that was opened with its project is judged by formula; whoever looks at it gets simulated numbers.
  const unrun = result !== null && result.results === null && result.workflow === workflow
  const runs = unrun && sides.every((side) => obstacles(workflow[side], workflow.scenario).length === 0)
  useEffect(() => {
    if (runs) judgeSoon(workflow.id)
  }, [runs, workflow.id])
  const trace = useMemo(() => {
    const { untraced } = traceOf(workflow)
    const steps = [...workflow.current.nodes.values()].filter(isStep).length
    const proposed = proposedSteps(workflow).length
    return { steps, traced: steps - untraced.current.length - proposed, proposed, untraced }
  }, [workflow])
  const traceable = isBegun(workflow.future)
  const flags = useMemo(() => flagsOf(comparison?.findings ?? [], traceable), [comparison, traceable])
  const waits = useMemo(() => waitsOf(workflow, result), [workflow, result])
  const captions = useMemo(
    () => ({
      current: captionOf(workflow.current, systems.legacy, result?.results?.current ?? null, stale),
      future: captionOf(workflow.future, systems.target, result?.results?.future ?? null, stale),
    }),
    [workflow, systems, result, stale],
  )
  return useMemo(
    () => ({ flags, waits, captions, trace, result, comparison, stale }),
    [flags, waits, captions, trace, result, comparison, stale],
  )
}

/** What moved, and what became of the selected steps. */
export function useTraceLines(
  workflow: Workflow,
  { comparison }: ComparisonView,
  selected: ReadonlySet<NodeRef>,
  allTraces: boolean,
): readonly TraceLine[] {
  return useMemo(() => {
    const moved = movedLines(workflow, comparison?.findings ?? [])
    const drawn = new Set(moved.map((line) => `${line.from} ${line.to}`))
    return [...moved, ...traceLines(workflow, selected, allTraces).filter((line) => !drawn.has(`${line.from} ${line.to}`))]
  }, [workflow, comparison, selected, allTraces])
}

function captionOf(graph: Graph, system: string, simulated: SimulationResult | null, stale: boolean): Caption {
  const leadTime = simulated?.leadTime ?? null
  const endless = simulated !== null && simulated.unstable.length > 0
  return { system, leadTime: leadTime?.p50 ?? null, p90: leadTime?.p90 ?? null, endless, stale, handoffs: handoffs(graph).length }
}

function useSystems() {
  const legacy = useWorkspace((w) => w.project?.manifest.legacy ?? '')
  const target = useWorkspace((w) => w.project?.manifest.target ?? '')
  return useMemo(() => ({ legacy, target }), [legacy, target])
}

/** Simulated where the run knows the step, otherwise the wait that was given. */
function waitsOf(workflow: Workflow, result: WorkflowResult | null): ReadonlyMap<NodeRef, number> {
  const waits = new Map<NodeRef, number>()
  for (const side of sides) {
    const simulated = new Map((result?.results?.[side].steps ?? []).map((step) => [step.id, step.wait.mean]))
    for (const node of workflow[side].nodes.values()) {
      const wait = simulated.get(node.id) ?? (node.wait === null ? null : meanOf(node.wait))
      if (wait !== null && wait >= 1) waits.set(refOf(side, node.id), wait)
    }
  }
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

export interface PanelProps {
  readonly workflow: Workflow
  readonly editor: Editor
  readonly view: ComparisonView
  readonly readOnly: boolean
}

export interface StepProps extends PanelProps {
  readonly side: WorkflowSide
  readonly id: string
  readonly node: Node
}
