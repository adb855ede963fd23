/** The head of Compare: name, how much is traced, and how the maps are shown. */
import { Button as PlainButton, ToggleButton, ToggleButtonGroup, Tooltip, TooltipTrigger } from 'react-aria-components'
import { counted } from '../../../../core/counted.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import { isBegun } from '../../../canvas/stage.ts'
import { Button } from '../../../components/button.tsx'
import { MenuButton } from '../../../components/menu-button.tsx'
import { PageHead } from '../../../components/panel.tsx'
import { Pill } from '../../../components/severity-mark.tsx'
import { useEditSteps } from '../../../session/edit-line.ts'
import { useWorkspace } from '../../../session/state.ts'
import { navigate } from '../../../window/hash-location.ts'
import { mapLine } from '../acts/map-line.ts'
import { useListed } from '../acts/workflow-listing.ts'
import type { ComparisonView } from '../editor/comparison-view.ts'
import { confirmLinksCommand } from '../editor/edits.ts'
import type { Editor } from '../editor/use-editor.ts'
import { Exchange } from '../exchange/exchange.tsx'
import { ViewSwitch } from '../fields/view-switch.tsx'
import over from '../surface/over-canvas.module.css'
import { TraceGapsPill } from '../surface/trace-gaps.tsx'
import styles from './compare.module.css'

const bubble = 'M2.5 3h11v7.5h-6L4.5 13v-2.5h-2z'

export type SidePanel = 'history' | 'comments'

export function CompareHead({
  workflow,
  editor,
  view,
  inspected,
  side,
  onSide,
  unread,
}: {
  readonly workflow: Workflow
  readonly editor: Editor
  readonly view: ComparisonView
  readonly inspected: boolean
  /** What is open in the place of the inspector. */
  readonly side: SidePanel | null
  readonly onSide: (side: SidePanel | null) => void
  /** Comments of others on this map. */
  readonly unread: number
}) {
  const { traced, steps } = view.trace
  const { canUndo, canRedo } = useEditSteps(mapLine(workflow.id))
  const readOnly = useWorkspace((w) => w.project?.readOnly != null)
  return (
    <PageHead
      title={workflow.current.label || workflow.future.label || workflow.id}
      beside={
        <>
          <OtherWorkflows />
          <span className={styles.traced}>
            <Pill mark={steps === 0 || !isBegun(workflow.future) ? 'waiting' : traced === steps ? 'ok' : 'at-risk'}>
              Traced {traced}/{steps}
            </Pill>
          </span>
          {view.trace.proposed > 0 && (
            <Button
              className="no-print"
              isDisabled={readOnly}
              onPress={() =>
                editor.edit(
                  confirmLinksCommand(workflow, editor.person(), editor.now()),
                  `Confirmed what ${counted(view.trace.proposed, 'step')} became`,
                )
              }
            >
              Confirm {view.trace.proposed} proposed
            </Button>
          )}
          <TraceGapsPill workflow={workflow} editor={editor} view={view} />
        </>
      }
    >
      <ViewSwitch workflow={workflow.id} shown="canvas" />
      <ToggleButtonGroup
        className={`${styles.segments} ${styles.arrangement} no-print`}
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
      <span className={`${styles.segments} no-print`}>
        <History
          label="Undo"
          keys="Ctrl Z"
          isDisabled={readOnly || !canUndo}
          onPress={editor.undo}
          path="M5.5 3 2.5 6l3 3M3 6h6.5a4 4 0 0 1 0 8H7"
        />
        <History
          label="Redo"
          keys="Ctrl Shift Z"
          isDisabled={readOnly || !canRedo}
          onPress={editor.redo}
          path="m10.5 3 3 3-3 3M13 6H6.5a4 4 0 0 0 0 8H9"
        />
      </span>
      <span className={`${styles.segments} no-print`}>
        <History
          label={unread > 0 ? `Comments, ${unread} unread` : 'Comments'}
          isOpen={side === 'comments'}
          onPress={() => onSide(side === 'comments' ? null : 'comments')}
          path={unread > 0 ? `${bubble}M5.5 6.5h5` : bubble}
        />
        <History
          label="History"
          isOpen={side === 'history'}
          onPress={() => onSide(side === 'history' ? null : 'history')}
          path="M8 4.5V8l2.5 1.5M2.6 6.2A5.6 5.6 0 1 1 2.4 9M2 3v3.5h3.5"
        />
      </span>
      <span className={`${styles.actions} no-print`}>
        <Exchange workflow={workflow} editor={editor.acts} arrangement={editor.state.arrangement} readOnly={readOnly} />
        <Button
          aria-expanded={inspected}
          onPress={() => {
            onSide(null)
            editor.set(inspected ? { details: false, follows: false } : { details: true, follows: true })
          }}
        >
          Details
        </Button>
      </span>
    </PageHead>
  )
}

/** The workflows of the project: where the pages are folded they are reached from here. */
function OtherWorkflows() {
  const workflows = useWorkspace((w) => w.workflows)
  const { open } = useListed()
  const choices = open.map((id) => ({ id, label: workflows.get(id)?.current.label || id }))
  return (
    <span className="no-print">
      <MenuButton
        label="Other workflows"
        bare
        choices={[...choices, { id: '', label: 'All workflows' }]}
        onChoose={(id) => navigate(id === '' ? '/workflow' : `/workflow/${id}/compare`)}
      />
    </span>
  )
}

/** One step back or forth, or what was done before; what can not be done is greyed. */
function History({
  label,
  keys,
  path,
  isDisabled = false,
  isOpen,
  onPress,
}: {
  readonly label: string
  readonly keys?: string
  readonly path: string
  readonly isDisabled?: boolean
  /** Of a button that opens something. */
  readonly isOpen?: boolean
  readonly onPress: () => void
}) {
  return (
    <TooltipTrigger delay={400}>
      <PlainButton
        className={styles.historyButton ?? ''}
        aria-label={label}
        isDisabled={isDisabled}
        {...(isOpen !== undefined && { 'aria-expanded': isOpen })}
        onPress={onPress}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path d={path} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
        </svg>
      </PlainButton>
      <Tooltip className={`float caption ${over.tooltip}`}>
        {label} {keys !== undefined && <kbd>{keys}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  )
}
