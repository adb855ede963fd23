/** This week: the acts that open most, who does them, about how long they take and what they close. */

import type { ReadinessBoard } from '../../../../core/readiness/board/board.ts'
import { afterWords, type NextAct, thisWeek } from '../../../../core/readiness/board/this-week.ts'
import { addDays, dayText } from '../../../../core/values/day.ts'
import { ButtonLink } from '../../../components/button.tsx'
import { linkTo } from '../../../window/address.ts'
import styles from './gates.module.css'

export function WeekGuide({ board }: { readonly board: ReadinessBoard }) {
  const acts = thisWeek(board)
  return (
    <aside className={`card ${styles.week}`} aria-labelledby="this-week">
      <header>
        <h2 id="this-week">This week</h2>
        <span className="muted">
          {dayText(board.asOf).slice(0, 2)} to {dayText(addDays(board.asOf, 6)).slice(0, 6)}
        </span>
      </header>
      {acts.length === 0 ? (
        <p>Nothing blocks. Look at what ends soon, and at what is still only claimed.</p>
      ) : (
        <ol>
          {acts.map((act, index) => (
            <Act key={act.title} act={act} first={index === 0} />
          ))}
        </ol>
      )}
      {acts.length > 0 && (
        <p className="dense above">
          <b>After {acts.length === 1 ? 'this' : `these ${acts.length}`}:</b> {afterWords(board, acts)}
        </p>
      )}
    </aside>
  )
}

function Act({ act, first }: { readonly act: NextAct; readonly first: boolean }) {
  const { title, owner, minutes, closes, label, route } = act
  return (
    <li data-first={first || undefined}>
      <b>{title}</b>
      <span className="muted">
        {owner ?? 'no owner yet'} · about {minutes} min · {closes}
      </span>
      <span className="no-print">
        <ButtonLink href={linkTo(route)}>{label}</ButtonLink>
      </span>
    </li>
  )
}
