/** What nobody has said yet and a judgement waits for: asked once, answered where it is asked. */
import { counted } from '../../../../core/counted.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import type { CompareFinding } from '../../../../core/workflow/survival/compare.ts'
import { type MissingGroup, missingGroups } from '../../../../core/workflow/survival/verdict.ts'
import { Button } from '../../../components/button.tsx'
import { type FactField, fieldOf, type MissingFact } from '../editor/findings.ts'
import type { EditorActs } from '../editor/use-editor.ts'
import { Folded } from '../fields/folded.tsx'
import styles from './inspector-panel.module.css'
import { type SharedFact, StepFactField, sharedFacts } from './step-fact-field.tsx'

export interface MissingFactsProps {
  readonly groups: readonly MissingGroup[]
  readonly workflow: Workflow
  readonly editor: Pick<EditorActs, 'edit'>
  readonly readOnly: boolean
  /** Goes to a field that stands elsewhere: shares of flows, trace links, facts of a role. */
  readonly onJump: (missing: MissingFact) => void
}

/** Of a step: one line for each fact, with how many judgements wait for it, in place of a card for each judgement. */
export function NotJudged({
  findings,
  ...props
}: Omit<MissingFactsProps, 'groups'> & { readonly findings: readonly CompareFinding[] }) {
  const waiting = findings.filter(({ outcome }) => outcome === 'unjudged')
  const untold = waiting.filter(({ missing }) => missing.length === 0)
  return (
    <>
      <MissingFacts {...props} groups={missingGroups(waiting)} />
      {untold.length > 0 && (
        <ul className="stack-tight">
          {untold.map(({ fingerprint, sentence }) => (
            <li key={fingerprint}>{sentence}</li>
          ))}
        </ul>
      )}
    </>
  )
}

export function MissingFacts(props: MissingFactsProps) {
  if (props.groups.length === 0) return null
  return <Folded summary={`Not judged yet: ${counted(props.groups.length, 'fact')} missing`}>{() => <Asked {...props} />}</Folded>
}

function Asked({ groups, workflow, editor, readOnly, onJump }: MissingFactsProps) {
  return (
    <ul className="stack-tight">
      {groups.map(({ missing, findings }) => {
        const [first] = findings
        const place = first ? fieldOf(missing, first, workflow) : null
        const fact = place && sharedFact(place.field)
        return (
          <li key={missing} className={fact ? styles.asked : `row ${styles.row}`}>
            <span>
              {missing.slice(0, 1).toUpperCase()}
              {missing.slice(1)}{' '}
              <small className="muted">
                {counted(findings.length, 'judgement waits', 'judgements wait')}:{' '}
                {[...new Set(findings.map(({ title }) => title))].join(', ')}
              </small>
            </span>
            {fact && place.at ? (
              <StepFactField workflow={workflow} editor={editor} refs={[place.at]} fact={fact} readOnly={readOnly} bare />
            ) : (
              place && (
                <Button className={styles.small ?? ''} onPress={() => onJump(place)} aria-label={`Give ${missing}`}>
                  Give it
                </Button>
              )
            )}
          </li>
        )
      })}
    </ul>
  )
}

function sharedFact(field: FactField): SharedFact | null {
  return sharedFacts.find((each) => each === field) ?? null
}
