/** The head of Compare: name, how much is traced, and how the maps are shown. */
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import type { Workflow } from '../../../core/workflow/workflow.ts'
import { Button } from '../../components/button.tsx'
import { PageHead } from '../../components/panel.tsx'
import { Pill } from '../../components/severity-mark.tsx'
import { useWorkspace } from '../../workspace/state.ts'
import styles from './compare.module.css'
import type { ComparisonView } from './comparison-view.ts'
import { Exchange } from './exchange.tsx'
import type { Editor } from './use-editor.ts'
import { ViewSwitch } from './view-switch.tsx'

export function CompareHead({
  workflow,
  editor,
  view,
  inspected,
}: {
  readonly workflow: Workflow
  readonly editor: Editor
  readonly view: ComparisonView
  readonly inspected: boolean
}) {
  const { traced, steps } = view.trace
  const readOnly = useWorkspace((w) => w.project?.readOnly != null)
  return (
    <PageHead
      title={workflow.current.label || workflow.future.label || workflow.id}
      beside={
        <Pill mark={steps === 0 ? 'waiting' : traced === steps ? 'ok' : 'at-risk'}>
          Traced {traced}/{steps}
        </Pill>
      }
    >
      <ViewSwitch workflow={workflow.id} shown="canvas" />
      <ToggleButtonGroup
        className={`${styles.segments} no-print`}
        aria-label="Arrangement"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[editor.state.arrangement]}
        onSelectionChange={(keys) => editor.set({ arrangement: keys.has('beside') ? 'beside' : 'stacked' })}
      >
        <ToggleButton id="stacked" className={styles.segment ?? ''}>
          Stacked
        </ToggleButton>
        <ToggleButton id="beside" className={styles.segment ?? ''}>
          Side by side
        </ToggleButton>
      </ToggleButtonGroup>
      <span className={`${styles.actions} no-print`}>
        <Exchange workflow={workflow} editor={editor} readOnly={readOnly} />
        {!inspected && <Button onPress={() => editor.set({ details: true })}>Details</Button>}
      </span>
    </PageHead>
  )
}
