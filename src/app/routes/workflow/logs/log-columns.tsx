/** Which column of a table is the case, the activity, the time: guessed, and chosen by a person where the guess is wrong. */
import { useState } from 'react'
import { type ColumnChoices, type ColumnMapping, type LogRole, logRoles } from '../../../../core/workflow/log/columns.ts'
import { type DateOrder, dateOrders, formWords } from '../../../../core/workflow/log/date-order.ts'
import { Button } from '../../../components/button.tsx'
import { Note } from '../../../components/panel.tsx'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { Select } from '../../../components/select.tsx'
import { RevealButton, useShown } from '../../../frame/reveal-button.tsx'
import styles from './logs.module.css'

const words: Readonly<Record<LogRole, string>> = {
  case: 'Case',
  activity: 'Activity',
  timestamp: 'Time (of the end)',
  start: 'Time of the begin',
  resource: 'Who did it',
  lifecycle: 'Start or complete',
  instance: 'Number of the work item',
  order: 'Order of events',
}
const none = '—'
const found = 'found'

function isOrder(text: string): text is DateOrder {
  return dateOrders.some((order) => order === text)
}

const orders: readonly (readonly [string, string])[] = [
  [found, 'as the cells show'],
  ['day-first', 'day first (31/12/2024)'],
  ['month-first', 'month first (12/31/2024)'],
  ['year-first', 'year first (2024-12-31)'],
]

function orderOf(form: ColumnMapping['form']): string {
  return form === 'iso' ? 'year-first' : form
}

export function LogColumns(props: {
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly mapping: ColumnMapping
  readonly onRead: (columns: ColumnChoices) => void
}) {
  const { header, rows, mapping, onRead } = props
  const [chosen, setChosen] = useState<ColumnChoices>({})
  const [asFound, setAsFound] = useState(false)
  const show = useShown()
  const guessed = (role: LogRole): string => {
    const guess = mapping.roles[role]
    return guess ? (header[guess.column] ?? none) : none
  }
  const columnOf = (role: LogRole): string => (chosen[role] === null ? none : (chosen[role] ?? guessed(role)))
  const before = mapping.formWhy === 'chosen' ? orderOf(mapping.form) : found
  const dates = chosen.form ?? (asFound ? found : before)
  const ready = columnOf('case') !== none && columnOf('activity') !== none
  return (
    <section className={`stack below-wide ${styles.section}`}>
      {mapping.missing.map((sentence) => (
        <Note key={sentence} mark="warning">
          {sentence}
        </Note>
      ))}
      <div className="row-end">
        {logRoles.map((role) => (
          <Select
            key={role}
            label={words[role]}
            value={columnOf(role)}
            choices={[[none, none] as const, ...header.map((name) => [name, name] as const)]}
            onChange={(value) => setChosen({ ...chosen, [role]: value === none ? null : value })}
          />
        ))}
        <Select
          label="Dates"
          value={dates}
          choices={orders}
          onChange={(value) => {
            const { form: _, ...rest } = chosen
            setAsFound(value === found)
            setChosen(isOrder(value) ? { ...rest, form: value } : rest)
          }}
        />
        <Button
          look="primary"
          isDisabled={!ready}
          onPress={() =>
            onRead({
              ...Object.fromEntries(logRoles.map((role) => [role, columnOf(role) === none ? null : columnOf(role)])),
              ...(isOrder(dates) ? { form: dates } : {}),
            })
          }
        >
          Read with these columns
        </Button>
      </div>
      <p className="muted caption">
        Dates {mapping.missing.length > 0 ? 'look' : 'were read'} {formWords[mapping.form]}: {mapping.formWhy}.
      </p>
      {rows.length > 0 && (
        <>
          <div className="row-end apart">
            <h2>First {rows.length} rows</h2>
            <RevealButton />
          </div>
          <ScrollRegion className={`box scroll ${styles.scroll}`} label="First rows">
            <table>
              <thead>
                <tr>
                  {header.map((name) => (
                    <th key={name} scope="col">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other name and never move
                  <tr key={index}>
                    {header.map((name, cell) => (
                      <td key={name}>{show((row[cell] ?? '').slice(0, 80))}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        </>
      )}
    </section>
  )
}
