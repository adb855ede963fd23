/** Ways a map comes and goes: read from a file, watched on the floor, handed out in another format. */
import { memo, useState } from 'react'
import type { Paper } from '../../../../core/workflow/interop/sheet.ts'
import type { Workflow, WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import { sides } from '../../../../core/workflow/map/workflow.ts'
import { MenuButton, type MenuChoice } from '../../../components/menu-button.tsx'
import { setWorkspace } from '../../../session/state.ts'
import { type DrawingFormat, exportDrawing } from '../acts/drawings.ts'
import { dropOffer, useOtherState } from '../acts/map-merges.ts'
import { printSheet } from '../acts/maps-to-print.ts'
import type { EditorState } from '../editor/editor-state.ts'
import { futureDraftCommand } from '../editor/edits.ts'
import type { EditorActs } from '../editor/use-editor.ts'
import { CaptureDialog } from './capture-dialog.tsx'
import { ImportDialog } from './import-dialog.tsx'
import { MergeDialog } from './merge-dialog.tsx'
import { VersionsDialog } from './versions-dialog.tsx'

const formats: readonly (readonly [DrawingFormat, string])[] = [
  ['bpmn', 'BPMN 2.0'],
  ['svg', 'SVG drawing'],
  ['png', 'PNG picture'],
  ['csv', 'table of steps (CSV)'],
  ['mmd', 'Mermaid'],
  ['md', 'Markdown'],
]

const sheets: readonly (readonly [Paper, string])[] = [
  ['a4', 'print on one sheet, A4'],
  ['a3', 'print on one sheet, A3'],
]

type Way = 'turn' | 'present' | 'versions' | 'merge' | 'draft' | 'import' | 'watch' | 'layout' | 'print'

const ways: readonly MenuChoice<Way>[] = [
  { id: 'draft', label: 'Begin the future map with the current one', detail: 'a copy to change, every step traced' },
  { id: 'layout', label: 'Lay out both maps' },
  { id: 'turn', label: 'Show the maps side by side' },
  { id: 'present', label: 'Present the findings', detail: 'one after the other on the map' },
  { id: 'versions', label: 'Versions…', detail: 'name, compare, bring back' },
  { id: 'import', label: 'Import a map…', detail: 'BPMN, draw.io, Visio, Lucidchart, XPDL or a table' },
  { id: 'merge', label: "Join a colleague's map…", detail: 'a project file, or one map of it' },
  { id: 'watch', label: 'Watch a shift…', detail: 'a stopwatch that draws what it saw' },
  { id: 'print', label: 'Print' },
]

const stacked: MenuChoice<Way> = { id: 'turn', label: 'Show the maps stacked' }

type Choice = `${WorkflowSide} ${DrawingFormat | Paper}`

const choices: readonly MenuChoice<Choice>[] = sides.flatMap((side) =>
  [...formats, ...sheets].map(([format, label]) => ({
    id: `${side} ${format}` as const,
    label: `${side === 'current' ? 'Current' : 'Future'} map: ${label}`,
  })),
)

export const Exchange = memo(function Exchange({
  workflow,
  editor,
  arrangement,
  readOnly,
}: {
  readonly workflow: Workflow
  readonly editor: EditorActs
  readonly arrangement: EditorState['arrangement']
  readonly readOnly: boolean
}) {
  const [importing, setImporting] = useState(false)
  const [watching, setWatching] = useState(false)
  const [merging, setMerging] = useState(false)
  const [versions, setVersions] = useState(false)
  const other = useOtherState(workflow.id)
  const stopMerging = (): void => {
    setMerging(false)
    dropOffer(workflow.id)
  }
  const shown = choices.filter(({ id }) => workflow[id.startsWith('current') ? 'current' : 'future'].nodes.size > 0)
  const hand = async (id: Choice): Promise<void> => {
    const [side, format] = id.split(' ') as [WorkflowSide, DrawingFormat | Paper]
    try {
      if (format === 'a4' || format === 'a3') {
        await printSheet(workflow, side, format)
        return
      }
      const losses = await exportDrawing(workflow, side, format)
      editor.set({
        said:
          losses.length === 0
            ? `Exported the ${side} map`
            : `Exported the ${side} map; ${losses.length} facts have no place in this format`,
      })
    } catch (error) {
      setWorkspace({
        problem: `The ${side} map could not be exported: ${error instanceof Error ? error.message : String(error)}`,
      })
    }
  }
  const isOpen = ({ id }: MenuChoice<Way>): boolean =>
    readOnly
      ? id === 'turn' || id === 'print' || id === 'present' || id === 'versions'
      : id !== 'draft' || (workflow.future.nodes.size === 0 && workflow.current.nodes.size > 0)
  const choose = (id: Way): void => {
    if (id === 'draft')
      editor.edit(futureDraftCommand(workflow), 'The future map is a copy of the current one; confirm what each step becomes')
    else if (id === 'turn') editor.set({ arrangement: arrangement === 'stacked' ? 'beside' : 'stacked' })
    else if (id === 'present') location.hash = `#/workflow/${workflow.id}/present`
    else if (id === 'versions') setVersions(true)
    else if (id === 'import') setImporting(true)
    else if (id === 'merge') setMerging(true)
    else if (id === 'watch') setWatching(true)
    else if (id === 'layout') editor.layOut()
    else window.print()
    // What was drawn can be undone by key at once.
    if (id === 'draft' || id === 'layout') setTimeout(editor.focus, 0)
  }
  return (
    <>
      <MenuButton
        label="Map"
        choices={ways.filter(isOpen).map((way) => (way.id === 'turn' && arrangement === 'beside' ? stacked : way))}
        onChoose={choose}
      />
      <MenuButton label="Export" choices={shown} isDisabled={shown.length === 0} onChoose={(id) => void hand(id)} />
      {importing && (
        <ImportDialog workflow={workflow} onDone={(said) => editor.set({ said })} onClose={() => setImporting(false)} />
      )}
      {(merging || (other !== null && !readOnly)) && (
        <MergeDialog workflow={workflow} other={other} onDone={(said) => editor.set({ said })} onClose={stopMerging} />
      )}
      {versions && (
        <VersionsDialog
          workflow={workflow}
          readOnly={readOnly}
          onDone={(said) => editor.set({ said })}
          onClose={() => setVersions(false)}
        />
      )}
      {watching && <CaptureDialog workflow={workflow} editor={editor} onClose={() => setWatching(false)} />}
    </>
  )
})
