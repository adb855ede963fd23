/** What the marks of the board mean: each that stands on it, and no other. */
import type { ReadinessBoard } from '../../../../core/readiness/board/board.ts'
import { type Standing, standingMeaning, standingWord, tallyOf } from '../../../../core/readiness/model/standing.ts'
import { type Mark, SeverityMark } from '../../../components/severity-mark.tsx'
import styles from './gates.module.css'
import { couldHarm, standingMarks } from './marks.ts'

/** What opens a gate first, what keeps it shut last; the diamond follows the triangle. */
const legendOrder: readonly Standing[] = ['proven', 'claimed', 'at risk', 'waiting', 'not stated', 'not due', 'blocked']

export function GateLegend({ board }: { readonly board: ReadinessBoard }) {
  const lines = board.phases.flatMap(({ criteria }) => criteria)
  const tally = tallyOf(lines)
  const shown = legendOrder.filter((standing) => tally[standing] > 0)
  return (
    <ul className={`caption below spread ${styles.legend}`} aria-label="What the marks mean">
      {shown.map((standing) => (
        <Entry key={standing} mark={standingMarks[standing]} word={standingWord(standing)} meaning={standingMeaning[standing]} />
      ))}
      {lines.some(couldHarm) && <Entry mark="critical" word="Blocked" meaning="where a patient could be harmed" />}
    </ul>
  )
}

function Entry({ mark, word, meaning }: { readonly mark: Mark; readonly word: string; readonly meaning: string }) {
  return (
    <li>
      <b className={mark === 'proven' ? styles.proven : undefined}>
        <SeverityMark mark={mark} /> {word}
      </b>{' '}
      {meaning}
    </li>
  )
}
