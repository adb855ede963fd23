/** A look into a closed sub-workflow: its steps drawn, and as a table; those inside it that are closed too are looked into from there. */
import { useState } from 'react'
import { counted } from '../../../core/counted.ts'
import { flowOrder } from '../../../core/workflow/graph.ts'
import { insideOf } from '../../../core/workflow/inside.ts'
import { type Graph, isStep, type Node, type Workflow } from '../../../core/workflow/workflow.ts'
import { parseRef } from '../../canvas/node-ref.ts'
import { Button } from '../../components/button.tsx'
import { Dialog, DialogActions } from '../../components/dialog.tsx'
import { ScrollRegion } from '../../components/scroll-region.tsx'
import { writeTimes } from './durations.ts'
import styles from './inside.module.css'
import { PlayMap } from './play-map.tsx'
import type { Editor } from './use-editor.ts'

interface Level {
  readonly title: string
  readonly graph: Graph
}

export function InsideDialog({ workflow, editor }: { readonly workflow: Workflow; readonly editor: Editor }) {
  const { inside } = editor.state
  const place = inside === null ? null : parseRef(inside)
  const graph = place && workflow[place.side]
  const node = graph?.nodes.get(place?.id ?? '')
  if (!graph || !node) return null
  const first = levelOf(graph, node)
  const close = (): void => {
    editor.set({ inside: null })
    editor.focus()
  }
  if (first) return <Levels key={inside} first={first} onClose={close} />
  return (
    <Dialog title={`Inside “${node.label || node.id}”`} open onClose={close}>
      <p>Nothing is kept inside this step: it stands for work that is drawn elsewhere.</p>
      <DialogActions>
        <Button look="primary" onPress={close}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function levelOf(graph: Graph, node: Node): Level | null {
  const inner = insideOf(graph, node)
  return inner && { title: node.label || node.id, graph: inner }
}

function Levels({ first, onClose }: { readonly first: Level; readonly onClose: () => void }) {
  const [levels, setLevels] = useState<readonly Level[]>([first])
  const { graph } = levels.at(-1) ?? first
  const nodes = flowOrder(graph)
  return (
    <Dialog title={`Inside ${levels.map(({ title }) => `“${title}”`).join(' › ')}`} open wide onClose={onClose}>
      <ScrollRegion label="Drawing of what is inside" className={styles.drawing}>
        <PlayMap graph={graph} moments={[]} ended={false} scrolled />
      </ScrollRegion>
      <ScrollRegion label="Steps inside" className={styles.steps}>
        <table>
          <caption className="muted">
            {counted(nodes.filter(isStep).length, 'step')} and {counted(graph.edges.size, 'flow')} inside
          </caption>
          <thead>
            <tr>
              <th scope="col">Step</th>
              <th scope="col">Role</th>
              <th scope="col">Work</th>
              <th scope="col">Next</th>
            </tr>
          </thead>
          <tbody>
            {nodes.map((node) => {
              const deeper = levelOf(graph, node)
              return (
                <tr key={node.id}>
                  <th scope="row">
                    {deeper ? (
                      <Button look="quiet" onPress={() => setLevels([...levels, deeper])}>
                        {node.label || node.id}: look inside
                      </Button>
                    ) : (
                      node.label || node.id
                    )}
                  </th>
                  <td>{graph.lanes.get(node.lane ?? '')?.label ?? ''}</td>
                  <td>{writeTimes(node.service)}</td>
                  <td>{nextOf(graph, node)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </ScrollRegion>
      <DialogActions>
        {levels.length > 1 && <Button onPress={() => setLevels(levels.slice(0, -1))}>Back out</Button>}
        <Button look="primary" onPress={onClose}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function nextOf(graph: Graph, { id }: Node): string {
  const next = [...graph.edges.values()].filter(({ from }) => from === id).map(({ to }) => graph.nodes.get(to))
  return next.map((node) => node?.label || node?.id || '').join(', ')
}
