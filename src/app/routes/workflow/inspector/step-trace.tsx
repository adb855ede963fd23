/** What a step became, or what it came from. */

import { type Fate, linkKey, type TraceLink } from '../../../../core/workflow/map/workflow.ts'
import { refOf } from '../../../canvas/node-ref.ts'
import { Button } from '../../../components/button.tsx'
import type { StepProps } from '../editor/comparison-view.ts'
import { labelOf, untraceCommand } from '../editor/edits.ts'
import styles from './inspector-panel.module.css'

/** What the link says of the role; “moved, not removed” is said of a bottleneck, and by findings alone. */
const fateWords: Readonly<Record<Fate, string>> = {
  kept: 'same role',
  moved: 'another role',
  merged: 'merged',
  split: 'split',
  automated: 'automated',
  eliminated: 'eliminated',
  new: 'new',
}

export function StepTrace({ workflow, editor, side, id, readOnly }: StepProps) {
  const own = side === 'current' ? 'from' : 'to'
  const other = side === 'current' ? 'to' : 'from'
  const far = side === 'current' ? 'future' : 'current'
  const links = [...workflow.trace.values()].filter((link) => link[own].includes(id))
  return (
    <section className={`stack ${styles.section}`} aria-label="Trace">
      <h3>{side === 'current' ? 'Becomes' : 'Comes from'}</h3>
      {links.length === 0 && (
        <p className="muted">{side === 'current' ? 'This step goes nowhere yet.' : 'This step has no origin yet.'}</p>
      )}
      <ul className="stack-tight">
        {links.map((link) => (
          <li key={linkKey(link)}>
            {link[other].length === 0 ? (
              <Answer
                link={link}
                readOnly={readOnly}
                onRemove={() => editor.edit({ kind: 'unlink', keys: [linkKey(link)] }, 'Removed the answer')}
              />
            ) : (
              link[other].map((partner) => (
                <div key={partner} className={`row ${styles.row}`}>
                  <span>
                    {labelOf(workflow, far, partner)}{' '}
                    <small className="muted">
                      ({fateWords[link.fate]}
                      {link.suggested ? ', not confirmed' : ''})
                    </small>
                  </span>
                  <Button
                    className={styles.small ?? ''}
                    onPress={() => editor.selectOne(refOf(far, partner))}
                    aria-label={`Show ${labelOf(workflow, far, partner)}`}
                  >
                    Show
                  </Button>
                  <Button
                    className={styles.small ?? ''}
                    isDisabled={readOnly}
                    aria-label={`Untrace ${labelOf(workflow, far, partner)}`}
                    onPress={() =>
                      editor.edit(
                        untraceCommand(workflow, side === 'current' ? id : partner, side === 'current' ? partner : id),
                        'Removed the trace link',
                      )
                    }
                  >
                    Untrace
                  </Button>
                </div>
              ))
            )}
          </li>
        ))}
      </ul>
      <div>
        <Button
          className={styles.small ?? ''}
          data-fact="trace"
          isDisabled={readOnly}
          onPress={() => editor.ask({ ask: 'trace', from: refOf(side, id) })}
        >
          Trace to…
        </Button>
      </div>
    </section>
  )
}

function Answer({
  link,
  readOnly,
  onRemove,
}: {
  readonly link: TraceLink
  readonly readOnly: boolean
  readonly onRemove: () => void
}) {
  const words =
    link.fate === 'new'
      ? `New: ${link.purpose ?? ''} (for ${link.beneficiary ?? ''})`
      : `${link.fate}: ${link.reason ?? 'no reason given'}${link.by ? `, ${link.by}` : ''}`
  return (
    <div className={`row ${styles.row}`}>
      <span>{words}</span>
      <Button className={styles.small ?? ''} isDisabled={readOnly} onPress={onRemove}>
        Remove
      </Button>
    </div>
  )
}
