/** What to do on an empty canvas, and where only the current map is drawn. */
import { useState } from 'react'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import { Button } from '../../../components/button.tsx'
import { futureDraftCommand } from '../editor/edits.ts'
import type { Editor } from '../editor/use-editor.ts'
import { ImportDialog } from '../exchange/import-dialog.tsx'
import styles from './over-canvas.module.css'

export function EmptyHint({ workflow, editor }: { readonly workflow: Workflow; readonly editor: Editor }) {
  const [importing, setImporting] = useState(false)
  return (
    <section className={`dashed ${styles.emptyHint}`} aria-label="Getting started">
      <p>
        Draw the first step (T), paste a list of steps, one per line as <code>step | role | minutes</code>, or import BPMN,
        draw.io, Visio, Lucidchart, XPDL or a table of steps. Begin with the work as it is today.
      </p>
      <div className="row-start above">
        <Button look="primary" onPress={() => editor.intent({ do: 'add', type: 'step' })}>
          Draw the first step
        </Button>
        <Button onPress={() => editor.ask({ ask: 'paste', side: editor.state.side })}>Paste a list…</Button>
        <Button onPress={() => setImporting(true)}>Import…</Button>
      </div>
      {importing && (
        <ImportDialog workflow={workflow} onDone={(said) => editor.set({ said })} onClose={() => setImporting(false)} />
      )}
    </section>
  )
}

/** The future map beside a current one: nothing drawn yet, and the four ways to begin. */
export function BeginFuture({ workflow, editor }: { readonly workflow: Workflow; readonly editor: Editor }) {
  const [importing, setImporting] = useState(false)
  const side = 'future'
  return (
    <>
      <span className="muted">Nothing drawn yet</span>
      <Button
        className={styles.small ?? ''}
        onPress={() => {
          editor.edit(futureDraftCommand(workflow), 'The future map is a copy of the current one; confirm what each step becomes')
          setTimeout(editor.focus, 0)
        }}
      >
        Copy the current map
      </Button>
      <Button className={styles.small ?? ''} onPress={() => editor.drawFirst(side)}>
        Draw
      </Button>
      <Button className={styles.small ?? ''} onPress={() => editor.ask({ ask: 'paste', side })}>
        Paste a list…
      </Button>
      <Button className={styles.small ?? ''} onPress={() => setImporting(true)}>
        Import…
      </Button>
      {importing && (
        <ImportDialog workflow={workflow} onDone={(said) => editor.set({ said })} onClose={() => setImporting(false)} />
      )}
    </>
  )
}
