/** The figures of an event log, and what reading it could not take as it stands. */

import { dayText } from '../../../../core/values/day.ts'
import { lengthText } from '../../../../core/workflow/log/length-text.ts'
import type { ReadFacts } from '../../../../io/workflow/study-log.ts'
import { formatNumber } from '../../../components/format.ts'
import { Facts, Note } from '../../../components/panel.tsx'
import styles from './logs.module.css'

export function LogFacts({ name, facts }: { readonly name: string; readonly facts: ReadFacts }) {
  const { statistics, problems, whole } = facts
  const time = statistics.times.startToComplete ?? statistics.times.completeToComplete
  const { span, rework, handOvers } = statistics
  const again = [rework.selfLoops, rework.repetitions].reduce(
    (sum, { repeat, redo, unknown }) => sum + repeat + redo + unknown,
    0,
  )
  return (
    <section className={`stack below-wide ${styles.section}`}>
      <Facts
        items={[
          { name: 'Log', value: name },
          { name: 'Cases', value: formatNumber(statistics.cases) },
          { name: 'Events', value: formatNumber(statistics.events) },
          { name: 'Activities', value: formatNumber(statistics.activities.length) },
          { name: 'Variants', value: formatNumber(statistics.variantCount) },
          { name: 'From, to', value: span ? `${dayOf(span.first)} to ${dayOf(span.last)}` : 'no times' },
          { name: 'Case time, half within', value: time ? lengthText(time.median) : 'not known' },
          { name: 'Case time, nine of ten within', value: time ? lengthText(time.p90) : 'not known' },
          { name: 'Done again', value: `${formatNumber(again)} times` },
          {
            name: 'Handed to another person',
            value: `${formatNumber(handOvers.changes)} of ${formatNumber(handOvers.total)} times`,
          },
        ]}
      />
      {!whole && <Note mark="warning">The file could not be read to its end.</Note>}
      {problems.map(({ code, n, sentence, place }) => (
        <Note key={code} mark="warning">
          {formatNumber(n)} × {sentence}
          {place?.line !== undefined && ` First in line ${formatNumber(place.line)}.`}
          {place?.byte !== undefined && ` First at byte ${formatNumber(place.byte)}.`}
        </Note>
      ))}
      {statistics.notes.length > 0 && (
        <ul className="muted caption">
          {statistics.notes.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </section>
  )
}

function dayOf(time: number): string {
  return dayText(new Date(time).toISOString())
}
