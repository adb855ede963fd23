/** One column opened: reasons for empty cells, frequent values, shapes, quantiles, dates and what looks damaged. */
import type { FieldProfile } from '../../../../core/data/model/field-profile.ts'
import { formatNumber } from '../../../components/format.ts'
import { Facts } from '../../../components/panel.tsx'
import { useShown } from '../../../frame/reveal-button.tsx'
import styles from '../data.module.css'

export function ColumnProfile({ field }: { readonly field: FieldProfile }) {
  const show = useShown()
  const { numbers, dates, top, text } = field
  const damage = [
    text.mojibake > 0 ? `${formatNumber(text.mojibake)} decoded wrongly` : '',
    text.replaced > 0 ? `${formatNumber(text.replaced)} with a lost character` : '',
  ].filter(Boolean)
  return (
    <div className={`tiles ${styles.columns}`}>
      <section>
        <h3>Empty cells</h3>
        {Object.keys(field.nulls).length === 0 ? (
          <p className="muted">None.</p>
        ) : (
          <Facts
            items={Object.entries(field.nulls).map(([reason, count]) => ({
              name: reason.replaceAll('-', ' '),
              value: formatNumber(count),
            }))}
          />
        )}
      </section>
      <section>
        <h3>Frequent values</h3>
        {top === null ? (
          <p className="muted">More different values than are kept.</p>
        ) : (
          <Facts
            items={[
              ...top.values.slice(0, 10).map(({ value, count }, index) => ({
                name: value === null ? `value ${index + 1}` : show(value),
                value: formatNumber(count),
              })),
              ...(top.folded.groups > 0
                ? [{ name: `${formatNumber(top.folded.groups)} rare values`, value: formatNumber(top.folded.count) }]
                : []),
            ]}
          />
        )}
      </section>
      <section>
        <h3>Shapes</h3>
        <Facts items={field.patterns.slice(0, 8).map(({ shape, count }) => ({ name: shape, value: formatNumber(count) }))} />
      </section>
      <section>
        <h3>{numbers ? 'Numbers' : dates ? 'Dates' : 'Text'}</h3>
        <Facts
          items={[
            ...(numbers
              ? [
                  { name: 'numbers', value: formatNumber(numbers.count) },
                  { name: 'sum', value: numbers.sum ?? 'too large' },
                  ...(['p5', 'p25', 'p50', 'p75', 'p95'] as const).map((name) => ({
                    name,
                    value: quantileWords(numbers.quantiles?.[name] ?? null, show),
                  })),
                ]
              : []),
            ...(dates
              ? [
                  { name: 'dates', value: formatNumber(dates.count) },
                  { name: 'only day first', value: formatNumber(dates.order.dayFirst) },
                  { name: 'only month first', value: formatNumber(dates.order.monthFirst) },
                  { name: 'both ways', value: formatNumber(dates.order.either) },
                  ...dates.years.slice(-5).map(({ year, count }) => ({ name: String(year), value: formatNumber(count) })),
                ]
              : []),
            { name: 'length', value: `${formatNumber(field.length.min)} to ${formatNumber(field.length.max)} characters` },
            ...(text.nonAscii > 0 ? [{ name: 'beyond ASCII', value: formatNumber(text.nonAscii) }] : []),
            ...(damage.length > 0 ? [{ name: 'damaged', value: damage.join(', ') }] : []),
          ]}
        />
      </section>
    </div>
  )
}

/** Four digits: a quantile is within one percent of the true one. */
function quantileWords(value: number | null, show: (text: string) => string): string {
  return value === null ? '—' : show(String(Number(value.toPrecision(4))))
}
