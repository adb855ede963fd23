/** The way from an own map to a verdict: what is missing, one line for each kind, ordered by what it opens; each name leads to its field. */
import { counted } from '../../../../core/counted.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import { type MissingGroup, missingKinds, saidOfAny } from '../../../../core/workflow/survival/verdict.ts'
import { Button } from '../../../components/button.tsx'
import { fieldOf, type MissingFact } from '../editor/findings.ts'
import styles from './inspector-panel.module.css'

/** So many kinds, and so many names of each: more is no list that anybody begins with. */
const mostKinds = 6
const mostNames = 3

export interface ToVerdictProps {
  readonly workflow: Workflow
  readonly groups: readonly MissingGroup[]
  /** No step of today is traced yet: without that nothing else opens a verdict. */
  readonly traceFirst: boolean
  readonly onJump: (missing: MissingFact) => void
}

export function ToVerdict({ workflow, groups, traceFirst, onJump }: ToVerdictProps) {
  const kinds = wayToVerdict(workflow, groups, traceFirst)
  if (kinds.length === 0) return null
  return (
    <section className="stack" aria-labelledby="to-verdict">
      <h3 id="to-verdict" className={styles.heading}>
        What is missing so that this can be judged
      </h3>
      <ol className="stack-tight">
        {kinds.slice(0, mostKinds).map(({ fact, judgements, places }) => (
          <li key={fact}>
            <span>
              {fact.slice(0, 1).toUpperCase()}
              {fact.slice(1)}
              {places.length > 1 && ` (${places.length})`}{' '}
              <small className="muted">{counted(judgements, 'judgement waits', 'judgements wait')}</small>
            </span>
            <span className="row-start">
              {places.slice(0, mostNames).map(({ missing, name, place }) => (
                <Button key={missing} className={styles.small ?? ''} aria-label={`Give ${missing}`} onPress={() => onJump(place)}>
                  {name}
                </Button>
              ))}
              {places.length > mostNames && <small className="muted">and {places.length - mostNames} more</small>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

interface WayKind {
  /** Said of any step: "medium of a step". */
  readonly fact: string
  readonly judgements: number
  readonly places: readonly { readonly missing: string; readonly name: string; readonly place: MissingFact }[]
}

/** Kinds of absent facts that a field answers, the one that opens most first. */
export function wayToVerdict(workflow: Workflow, groups: readonly MissingGroup[], traceFirst: boolean): readonly WayKind[] {
  const waiting = [...new Set(groups.flatMap(({ findings }) => findings))]
  const kinds = missingKinds(waiting).map(({ fact, findings }) => ({
    fact,
    judgements: findings.length,
    places: groups.flatMap(({ missing, findings: [first] }) => {
      const said = saidOfAny(missing)
      const place = said.fact === fact && first ? fieldOf(missing, first, workflow) : null
      return place ? [{ missing, name: said.name ?? 'Give it', place }] : []
    }),
  }))
  const isTrace = ({ places: [first] }: WayKind): boolean => first?.place.field === 'trace'
  const answered = kinds.filter(({ places }) => places.length > 0)
  return traceFirst ? [...answered.filter(isTrace), ...answered.filter((kind) => !isTrace(kind))] : answered
}
