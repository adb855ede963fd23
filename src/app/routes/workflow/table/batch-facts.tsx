/** Over the table: what is known of all marked steps at once, and is given to all of them at once. */
import { counted } from '../../../../core/counted.ts'
import { sides, type Workflow } from '../../../../core/workflow/map/workflow.ts'
import { refOf } from '../../../canvas/node-ref.ts'
import { Button } from '../../../components/button.tsx'
import type { Editor } from '../editor/use-editor.ts'
import { StepFactField, sharedFacts } from '../inspector/step-fact-field.tsx'
import styles from './workflow-table.module.css'

export function BatchFacts({
  workflow,
  editor,
  readOnly,
}: {
  readonly workflow: Workflow
  readonly editor: Editor
  readonly readOnly: boolean
}) {
  const refs = sides.flatMap((side) =>
    [...workflow[side].nodes.keys()].map((id) => refOf(side, id)).filter((ref) => editor.state.selected.has(ref)),
  )
  if (refs.length === 0) return null
  return (
    <section className={`below ${styles.batch}`} aria-label="Facts of the marked steps">
      <div className={`row around ${styles.head}`}>
        <h2>{counted(refs.length, 'step is marked', 'steps are marked')}</h2>
        <Button onPress={() => editor.select(new Set(), null)}>Unmark</Button>
      </div>
      <div className={styles.batchFields}>
        {sharedFacts.map((fact) => (
          <StepFactField key={fact} workflow={workflow} editor={editor} refs={refs} fact={fact} readOnly={readOnly} />
        ))}
      </div>
    </section>
  )
}
