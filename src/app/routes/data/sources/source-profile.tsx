/** What the columns of one source hold, and the schema that would say so. */
import { useState } from 'react'
import type { FieldProfile } from '../../../../core/data/model/field-profile.ts'
import type { SourceEntry } from '../../../../core/data/model/source.ts'
import { Button } from '../../../components/button.tsx'
import { formatNumber, formatPercent } from '../../../components/format.ts'
import { Note } from '../../../components/panel.tsx'
import { RevealButton, useShown } from '../../../frame/reveal-button.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { profileSource, suggestedSchema, useProfile } from '../acts/profiles.ts'
import styles from '../data.module.css'
import { ColumnProfile } from './column-profile.tsx'
import { SuggestedSchema } from './suggested-schema.tsx'
import { Uncounted } from './uncounted.tsx'

export function SourceProfile({ source }: { readonly source: SourceEntry }) {
  const made = useProfile(source)
  const running = useWorkspace((w) => w.running !== null)
  const here = useWorkspace((w) => w.files.has(source.id))
  return (
    <section className={`around-wide ${styles.wide}`}>
      <div className="row apart">
        <h2>Profile</h2>
        <div className="row">
          {made && <RevealButton />}
          <Button isDisabled={running || !here} onPress={() => void profileSource(source.id)}>
            {made ? 'Profile again' : 'Profile this file'}
          </Button>
        </div>
      </div>
      {!made && (
        <p className="muted">
          Reads the whole file: filled cells, reasons for empty ones, distinct values, extremes, shapes, and a schema that would
          say so. Values stay masked.
        </p>
      )}
      {made?.stale && (
        <Note mark="warning">This profile is about an earlier file or an earlier way of reading. Profile again.</Note>
      )}
      {made?.result.notEvaluated.map(({ what, why }) => (
        <Note key={what} mark="info">
          {what}: {why}
        </Note>
      ))}
      {made && made.result.fields.length > 0 && (
        <>
          <Uncounted records={made.result.inputs[0]?.records ?? 0} counted={made.result.fields[0]?.total ?? 0} />
          <ProfileTable fields={made.result.fields} />
          <SuggestedSchema source={source} schema={suggestedSchema(made.result)} />
        </>
      )}
    </section>
  )
}

function ProfileTable({ fields }: { readonly fields: readonly FieldProfile[] }) {
  const show = useShown()
  const [open, setOpen] = useState<string | null>(null)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className="box scroll" tabIndex={0} aria-label="Profile of the columns">
      <table>
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col" className="number">
              Filled
            </th>
            <th scope="col" className="number">
              Distinct
            </th>
            <th scope="col">Looks like</th>
            <th scope="col">Lowest</th>
            <th scope="col">Highest</th>
            <th scope="col">Usual shape</th>
          </tr>
        </thead>
        <tbody>
          {fields.flatMap((field) => [
            <tr key={field.field} className={open === field.field ? 'tinted' : undefined}>
              <th scope="row">
                <Button
                  look="quiet"
                  aria-expanded={open === field.field}
                  onPress={() => setOpen(open === field.field ? null : field.field)}
                >
                  {field.field}
                </Button>
              </th>
              <td className="number">
                {formatNumber(field.filled)}
                <span className={`muted caption nowrap ${styles.share}`}>
                  {field.total === 0 ? 'not applicable' : formatPercent(field.filled / field.total)}
                </span>
              </td>
              <td className="number">
                {field.distinctIsExact ? '' : '≈ '}
                {formatNumber(field.distinct)}
              </td>
              <td>{typeWords(field)}</td>
              <td>{field.min === null ? '—' : show(field.min)}</td>
              <td>{field.max === null ? '—' : show(field.max)}</td>
              <td>{field.patterns[0] ? <code>{field.patterns[0].shape}</code> : 'many'}</td>
            </tr>,
            ...(open === field.field
              ? [
                  <tr key={`${field.field} open`}>
                    <td colSpan={7}>
                      <ColumnProfile field={field} />
                    </td>
                  </tr>,
                ]
              : []),
          ])}
        </tbody>
      </table>
    </section>
  )
}

/** The narrowest type that all filled cells fit. */
function typeWords({ types, filled }: FieldProfile): string {
  if (filled === 0) return 'empty'
  const whole = ['integer', 'number', 'boolean'].find((type) => types[type] === filled)
  return whole ?? Object.entries(types).find(([, count]) => count === filled)?.[0] ?? 'text'
}
