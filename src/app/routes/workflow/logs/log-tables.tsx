/** Activities, variants, rework, hand-overs and people of a log, as tables. */
import { lengthText } from '../../../../core/workflow/log/length-text.ts'
import type { LogStatistics } from '../../../../core/workflow/log/statistics.ts'
import { formatNumber } from '../../../components/format.ts'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { RevealButton } from '../../../frame/reveal-button.tsx'
import { useReveal } from '../../../session/reveal.ts'
import styles from './logs.module.css'

const shown = 12

export function LogTables({ statistics }: { readonly statistics: LogStatistics }) {
  const revealed = useReveal()
  const numbers = new Map(statistics.resources.map(({ name }, index) => [name, `person ${index + 1}`]))
  const personOf = (name: string): string => (revealed ? name : (numbers.get(name) ?? 'person'))
  const { variants, variantCount, rework, handOvers, resources, activities } = statistics
  return (
    <>
      <Table
        title="Activities"
        columns={['Activity', 'Times', 'Cases', 'Work, median']}
        rows={activities.map(({ name, count, cases, processing }) => [
          name,
          formatNumber(count),
          formatNumber(cases),
          processing ? lengthText(processing.median) : 'not known',
        ])}
      />
      <Table
        title={`Variants: ${formatNumber(variantCount)}`}
        columns={['Activities in order', 'Cases']}
        rows={variants.map((variant) => [variant.activities.join(' → '), formatNumber(variant.cases)])}
      />
      <Table
        title="Done again"
        columns={['Activity', 'At once', 'Later', 'Of']}
        rows={rework.byActivity.map((row) => [
          row.activity,
          formatNumber(row.selfLoops),
          formatNumber(row.repetitions),
          formatNumber(row.occurrences),
        ])}
      />
      {resources.length > 0 && (
        <>
          <div className="row-end apart">
            <h2>People</h2>
            <RevealButton />
          </div>
          <Table
            title="Who does what"
            columns={['Person', 'Events', 'Cases', 'Open at most', 'Activities']}
            rows={resources.map((one) => [
              personOf(one.name),
              formatNumber(one.events),
              formatNumber(one.cases),
              one.busySeconds === null ? 'not known' : formatNumber(one.mostOpen),
              one.activities.join(', '),
            ])}
          />
          <Table
            title="Who hands over to whom"
            columns={['From', 'To', 'Times']}
            rows={handOvers.pairs
              .filter(({ from, to }) => from !== to)
              .map(({ from, to, count }) => [personOf(from), personOf(to), formatNumber(count)])}
          />
        </>
      )}
    </>
  )
}

function Table({
  title,
  columns,
  rows,
}: {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}) {
  if (rows.length === 0) return null
  return (
    <section className={`stack below-wide ${styles.section}`}>
      <h2>{title}</h2>
      <ScrollRegion className={`box scroll ${styles.scroll}`} label={title}>
        <table>
          <thead>
            <tr>
              {columns.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map((row) => (
              <tr key={row.join('|')}>
                {row.map((cell, index) => (
                  <td key={columns[index]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {rows.length > shown && (
        <p className="muted caption">
          The first {shown} of {formatNumber(rows.length)} listed.
        </p>
      )}
    </section>
  )
}
