/** What the go/no-go page says of a day of go-live that was moved: from when to when, by whom, and what is out of sight by it. */
import type { Json } from '../../canonical.ts'
import { counted } from '../../counted.ts'
import { dayText } from '../../values/day.ts'
import type { JudgedCriterion } from '../board/board.ts'
import { nameOf } from '../board/report.ts'
import { type FormerDay, formerDay, type Holder, isDay, type NamedDay, namedDays } from '../kept-files/go-live-moves.ts'
import { lines, type SheetSection, table } from '../sheets/sheet.ts'

/** Nothing where the day was never moved. */
export function movesSection({ days, former, put, failing }: GoLiveMoves): readonly SheetSection[] {
  if (days.length < 2) return []
  const names = (list: GoLiveMoves['put']): string => list.map((each) => nameOf(each).toLowerCase()).join(', ')
  const isUnknown = former === 'unknown'
  const by = isUnknown ? 'An earlier day is not known: by it' : `By ${dayText(former ?? '')}`
  const hidden =
    put.length === 0
      ? 'By no earlier day would more lines be due.'
      : `${by}, ${counted(put.length, 'line')} ${isUnknown ? 'may' : 'would'} be due that ${put.length === 1 ? 'is' : 'are'} not: ${names(put)}.`
  const fails =
    failing.length === 0 ? [] : [`${failing.length} of them ${failing.length === 1 ? 'fails' : 'fail'}: ${names(failing)}.`]
  return [
    {
      title: `Go-live was moved (${counted(days.length - 1, 'time')})`,
      blocks: [
        table(
          ['Go-live', 'Named by', 'On', 'Reason'],
          days.map(({ day, by, at, reason }) => [dayWords(day), by, dayText(at), reason === '' ? 'none is given' : reason]),
        ),
        lines(...[hidden, ...fails]),
      ],
    },
  ]
}

function dayWords(day: NamedDay['day']): string {
  if (isDay(day)) return dayText(day)
  return day === 'none' ? 'no day' : 'not known: no act names it'
}

export function movesJson({ days, former, put, failing }: GoLiveMoves): Json {
  const codes = (list: GoLiveMoves['put']): readonly string[] => list.map(({ criterion }) => criterion.code)
  return { days: days.map((each) => ({ ...each })), former, notDue: [...codes(put)], failing: [...codes(failing)] }
}

export interface GoLiveMoves {
  readonly days: readonly NamedDay[]
  readonly former: FormerDay
  /** What would be due by the former day, and is not by the present one; where an earlier day is not known, all that is not due. */
  readonly put: readonly JudgedCriterion[]
  /** Those of them that fail by it. */
  readonly failing: readonly JudgedCriterion[]
}

/** @param judged every criterion of the board */
export function goLiveMoves(project: Holder, judged: readonly JudgedCriterion[]): GoLiveMoves {
  const put = judged.filter(({ byFormerDay }) => byFormerDay !== null)
  const failing = put.filter(({ byFormerDay }) => byFormerDay === 'failed')
  return { days: namedDays(project), former: formerDay(project), put, failing }
}
