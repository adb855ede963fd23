/** What to do on an empty canvas. */
import { Button } from '../../components/button.tsx'
import styles from './compare.module.css'
import type { Editor } from './use-editor.ts'

export function EmptyHint({ editor }: { readonly editor: Editor }) {
  return (
    <section className={styles.emptyHint} aria-label="Getting started">
      <p>
        Draw the first step (T), paste a list of steps, one per line as <code>step | role | minutes</code>, or import BPMN,
        draw.io or a table of steps with Map above.
      </p>
      <div className={styles.emptyActions}>
        <Button look="primary" onPress={() => editor.intent({ do: 'add', type: 'step' })}>
          Draw the first step
        </Button>
        <Button onPress={() => editor.ask({ ask: 'paste', side: editor.state.side })}>Paste a list…</Button>
      </div>
    </section>
  )
}
