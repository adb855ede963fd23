/** Which cases of a log are looked at: by period, variant, person, role, department and any other attribute; what is filtered is always said. */
import type { FilterChoice, LogFilter } from '../../../../core/workflow/log/filter.ts'
import { isFiltering } from '../../../../core/workflow/log/filter.ts'
import type { Offered } from '../../../../io/workflow/study-log.ts'
import { Button } from '../../../components/button.tsx'
import { formatNumber } from '../../../components/format.ts'
import { RevealButton, useShown } from '../../../frame/reveal-button.tsx'
import { useReveal } from '../../../session/reveal.ts'
import { SelectField } from '../fields/fields.tsx'
import { valueOptions } from './log-values.ts'
import styles from './logs.module.css'

export function LogFilters(props: {
  readonly offered: Offered
  readonly filter: LogFilter
  readonly cases: number
  readonly onFilter: (filter: LogFilter) => void
}) {
  const { offered, filter, cases, onFilter } = props
  const { span, variants, resources, choices } = offered
  const revealed = useReveal()
  const set = (parts: { readonly [Name in keyof LogFilter]: LogFilter[Name] | undefined }): void => {
    const kept = Object.entries({ ...filter, ...parts }).filter(([, value]) => value !== undefined)
    onFilter(Object.fromEntries(kept))
  }
  const show = useShown()
  // Options are known by their place: a value does not stand in the page unasked, not even where nobody sees it.
  const chosen = ({ of, name, values }: FilterChoice): string | null =>
    idOf(
      values.map(({ value }) => value),
      filter.values?.find((each) => each.of === of && each.name === name)?.value,
    )
  const setValue = ({ of, name }: FilterChoice, value: string | null): void => {
    const others = (filter.values ?? []).filter((each) => each.of !== of || each.name !== name)
    const values = value === null ? others : [...others, { of, name, value }]
    set({ values: values.length === 0 ? undefined : values })
  }
  const variantKey = (activities: readonly string[]): string => JSON.stringify(activities)
  return (
    <section className={`stack below-wide ${styles.section}`} aria-label="Which cases">
      <div className={`row-end ${styles.filters}`}>
        {span && (
          <>
            <Day label="Begins from" at={filter.from} span={span} onDay={(from) => set({ from })} />
            <Day label="Begins before" at={filter.to} span={span} onDay={(to) => set({ to })} />
          </>
        )}
        {variants.length > 1 && (
          <SelectField
            label="Variant"
            value={filter.variant ? variantKey(filter.variant) : null}
            options={variants.map((variant, at) => ({
              id: variantKey(variant.activities),
              label: `${at + 1}: ${formatNumber(variant.cases)} cases, ${variant.activities.length} steps`,
            }))}
            none="all variants"
            onCommit={(key) => set({ variant: variants.find(({ activities }) => variantKey(activities) === key)?.activities })}
          />
        )}
        {resources.length > 1 && (
          <SelectField
            label="Person"
            value={idOf(resources, filter.resource)}
            options={resources.map((name, at) => ({ id: String(at), label: revealed ? name : `person ${at + 1}` }))}
            none="everybody"
            onCommit={(id) => set({ resource: id === null ? undefined : resources[Number(id)] })}
          />
        )}
        {choices.map((choice) => (
          <SelectField
            key={`${choice.of} ${choice.name}`}
            label={choice.name}
            value={chosen(choice)}
            options={valueOptions(choice.values, show)}
            none={choice.of === 'event' ? 'any' : 'all cases'}
            onCommit={(id) => setValue(choice, id === null ? null : (choice.values[Number(id)]?.value ?? null))}
          />
        ))}
      </div>
      {choices.length > 0 && <RevealButton />}
      {isFiltering(filter) && (
        <p className="row-end apart">
          <span>
            {formatNumber(cases)} of {formatNumber(offered.cases)} cases are looked at; everything below, the map too, is about
            these.
          </span>
          <Button look="quiet" onPress={() => onFilter({})}>
            Look at all cases
          </Button>
        </p>
      )}
    </section>
  )
}

function idOf(list: readonly string[], value: string | undefined): string | null {
  const at = value === undefined ? -1 : list.indexOf(value)
  return at < 0 ? null : String(at)
}

const dayLength = 86_400_000

function Day(props: {
  readonly label: string
  readonly at: number | undefined
  readonly span: { readonly first: number; readonly last: number }
  readonly onDay: (at: number | undefined) => void
}) {
  const { label, at, span, onDay } = props
  const text = (time: number): string => new Date(time).toISOString().slice(0, 10)
  return (
    <label className={`stack-tight caption muted ${styles.day}`}>
      {label}
      <input
        key={at}
        type="date"
        defaultValue={at === undefined ? '' : text(at)}
        min={text(span.first)}
        max={text(span.last + dayLength)}
        onBlur={(event) => {
          const time = Date.parse(event.currentTarget.value)
          const next = Number.isNaN(time) ? undefined : time
          if (next !== at) onDay(next)
        }}
      />
    </label>
  )
}
