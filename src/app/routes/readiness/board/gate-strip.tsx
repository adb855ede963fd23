/** Six gates over time: when each phase ends, how late it is, and how much of it is proven, claimed, blocked or not due. */

import { counted } from '../../../../core/counted.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import type { JudgedPhase, ReadinessBoard } from '../../../../core/readiness/board/board.ts'
import { gateWord } from '../../../../core/readiness/board/report.ts'
import { endOf, gateOfToday } from '../../../../core/readiness/board/this-week.ts'
import { standings, standingWord, tallyOf } from '../../../../core/readiness/model/standing.ts'
import { daysBetween, dayText } from '../../../../core/values/day.ts'
import { type Mark, SeverityMark } from '../../../components/severity-mark.tsx'
import styles from './gates.module.css'
import { couldHarm, gateMark, standingMarks } from './marks.ts'

export function GateStrip({
  project,
  board,
  onPhase,
}: {
  readonly project: Project
  readonly board: ReadinessBoard
  readonly onPhase: (phase: string) => void
}) {
  const ends = board.phases.map(({ phase }) => endOf(project, phase))
  const today = gateOfToday(ends, board.asOf)
  return (
    <ol className={`box below ${styles.strip}`} aria-label="Gates of the six phases">
      {board.phases.map((judged, index) => {
        const end = ends[index] ?? null
        return (
          <li key={judged.phase.id}>
            <button type="button" onClick={() => onPhase(judged.phase.id)}>
              <span className={`apart ${styles.stripHead}`}>
                <b>
                  {index + 1} {judged.phase.title}
                </b>
                <span className="muted">{end === null ? 'no day' : shortDay(end, board.asOf)}</span>
              </span>
              <span className={styles.rail} aria-hidden="true">
                <i style={{ width: `${100 * gone(ends[index - 1] ?? null, end, board.asOf)}%` }} />
                <SeverityMark mark={worstMark(judged)} />
                {today === index && (
                  <span
                    className={`strong nowrap ${styles.today}`}
                    style={{ insetInlineStart: `${todayPlace(ends[index - 1] ?? null, end, board.asOf)}%` }}
                  >
                    Today {shortDay(board.asOf, board.asOf)}
                  </span>
                )}
              </span>
              <span className={styles.stripGate}>
                <b>
                  {gateWord(judged.gate)}
                  {lateWords(judged, end, board.asOf)}
                </b>
              </span>
              <Bar judged={judged} />
            </button>
          </li>
        )
      })}
    </ol>
  )
}

/** How much of the way to a gate lies behind: 0 to 1. Without days nothing is said to be behind. */
function gone(before: string | null, end: string | null, asOf: string): number {
  if (end === null) return 0
  if (end < asOf) return 1
  const whole = before === null ? 0 : daysBetween(before, end)
  return whole <= 0 ? 0 : Math.min(1, Math.max(0, daysBetween(before ?? end, asOf) / whole))
}

/** Where the tag stands, in percent of its cell: clear of the edges and of the mark of the gate. */
function todayPlace(before: string | null, end: string | null, asOf: string): number {
  return Math.min(60, Math.max(30, 100 * gone(before, end, asOf)))
}

/** "14-Dec", with its year where that is another one. */
function shortDay(day: string, asOf: string): string {
  return day.slice(0, 4) === asOf.slice(0, 4) ? dayText(day).slice(0, 6) : dayText(day)
}

/** A diamond where a patient could be harmed. */
function worstMark(judged: JudgedPhase): Mark {
  return judged.criteria.some(couldHarm) ? 'critical' : gateMark(judged.gate)
}

function lateWords({ gate }: JudgedPhase, end: string | null, asOf: string): string {
  if (end === null || gate === 'ready' || gate === 'not due') return ''
  const days = daysBetween(asOf, end)
  return days < 0 ? `, ${counted(-days, 'day')} late` : `, ${counted(days, 'day')} left`
}

function Bar({ judged }: { readonly judged: JudgedPhase }) {
  const parts = countsOf(judged).filter(({ n }) => n > 0)
  return (
    <>
      <span className={styles.bar} aria-hidden="true">
        {parts.map(({ mark, n }) => (
          <i key={mark} className={styles[mark]} style={{ flexGrow: n }} />
        ))}
      </span>
      <span className={`row-start caption digits ${styles.counts}`}>
        {parts.map(({ mark, n, word }) => (
          <span key={mark}>
            <SeverityMark mark={mark} label={word} /> {n}
          </span>
        ))}
      </span>
    </>
  )
}

/** In the order of the bar: what opens the gate first, what is not due last. */
const barOrder = [...standings].toSorted(
  (a, b) => Number(b === 'proven') - Number(a === 'proven') || Number(b === 'claimed') - Number(a === 'claimed'),
)

function countsOf({ criteria }: JudgedPhase): readonly { readonly mark: Mark; readonly n: number; readonly word: string }[] {
  const tally = tallyOf(criteria)
  return barOrder.map((standing) => ({ mark: standingMarks[standing], n: tally[standing], word: standingWord(standing) }))
}
