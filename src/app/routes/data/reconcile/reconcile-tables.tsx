/** The balance of every table, and its fields one by one: every number opens to its records. */
import { Fragment } from 'react'
import type { Mapping } from '../../../../core/data/crosswalk/mapping/mapping.ts'
import { equalRuleWords } from '../../../../core/data/meaning/rules.ts'
import type { FieldBalance, MatchMethod, ReconcileResult, TableBalance } from '../../../../core/data/reconcile/account/result.ts'
import { formatNumber } from '../../../components/format.ts'
import { useMapping } from '../acts/mapping.ts'
import styles from './reconcile.module.css'

export type Opened =
  | { readonly kind: 'unaccounted' | 'unexplained' | 'patients' | 'differences'; readonly table: string }
  | { readonly kind: 'field'; readonly field: string }

export interface TablesProps {
  readonly result: ReconcileResult
  readonly pair: string | null
  readonly onOpen: (opened: Opened) => void
  /** Takes the reader to the fields of the table that is shown already. */
  readonly onFields: () => void
}

const methods: Readonly<Record<MatchMethod, string>> = {
  key: 'by key',
  normalised: 'by key without case and zeros',
  crosswalk: 'by crosswalk id',
  composite: 'by several fields',
  likeness: 'by likeness',
}

export function BalanceTable({ result, pair, onOpen, onFields }: TablesProps) {
  const hasOpen = result.tables.some(({ notCompared = 0 }) => notCompared > 0)
  const sums = ['Legacy', '= Arrived', '+ Merged', '+ Excluded', '+ Unaccounted', ...(hasOpen ? ['+ Not compared'] : [])]
  return (
    <table className={styles.balance}>
      <thead>
        <tr>
          <th scope="col">Table</th>
          {[...sums, 'Target', 'Unexplained', 'Patients unbalanced'].map((name) => (
            <th key={name} scope="col" className="number">
              {name}
            </th>
          ))}
          <th scope="col">Keys met</th>
        </tr>
      </thead>
      <tbody>
        {result.tables.map((table) => (
          <tr key={table.table}>
            <th scope="row">
              <a
                href={`#/data/reconcile/${encodeURIComponent(table.table)}`}
                aria-current={table.table === pair ? 'true' : undefined}
                onClick={table.table === pair ? onFields : undefined}
              >
                {table.table}
              </a>
            </th>
            <td className="number">{formatNumber(table.legacy)}</td>
            {result.isUnconfirmed ? (
              <td className="number" colSpan={7}>
                not compared
              </td>
            ) : (
              <>
                <td className="number">{arrived(table)}</td>
                <td className="number">{formatNumber(table.merged)}</td>
                <td className="number" title={excluded(table)}>
                  {formatNumber(table.excluded)}
                </td>
                <Opening
                  value={table.unaccounted}
                  red
                  label={`${table.table}: unaccounted`}
                  onOpen={() => onOpen({ kind: 'unaccounted', table: table.table })}
                />
                {hasOpen && <td className="number">{formatNumber(table.notCompared ?? 0)}</td>}
                <td className="number">{formatNumber(table.target)}</td>
                <Opening
                  value={table.unexplained}
                  label={`${table.table}: unexplained in the target`}
                  onOpen={() => onOpen({ kind: 'unexplained', table: table.table })}
                />
                <Opening
                  value={table.patientsOff}
                  label={`${table.table}: patients unbalanced`}
                  onOpen={() => onOpen({ kind: 'patients', table: table.table })}
                />
              </>
            )}
            <td>{matched(table)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What each number counts, where names alone leave it open. */
export function ColumnHelp() {
  return (
    <details className={`around ${styles.help}`}>
      <summary>What the columns count</summary>
      <dl>
        <dt>Legacy, Arrived, Merged, Excluded, Unaccounted</dt>
        <dd>
          Legacy records. Every one is in exactly one of the four, so they add up to Legacy. Where links find no patient, records
          are counted as not compared: they are neither matched nor lost.
        </dd>
        <dt>Target</dt>
        <dd>
          Target records made of this table. Arrived may be more or fewer: several legacy records can become one target record,
          one can be split into several, and a statement such as “no known allergies” or a record withdrawn before the load can
          arrive without a target record of its own.
        </dd>
        <dt>Keys met</dt>
        <dd>
          Pairs of one legacy and one target entry, by how they were recognised. It is less than Arrived where records arrived
          without an entry to pair, such as statements about a whole list, and more where one record became several entries.
        </dd>
        <dt>Unexplained</dt>
        <dd>Target records that no legacy record and no explanation accounts for.</dd>
        <dt>Patients unbalanced</dt>
        <dd>
          Patients with at least one unaccounted or unexplained record in this table; a patient counts in each table. Patients
          off, above, counts each once, with those whose records moved or changed where it matters.
        </dd>
      </dl>
    </details>
  )
}

export interface FieldTableProps {
  readonly fields: readonly FieldBalance[]
  readonly onOpen: (opened: Opened) => void
}

export function FieldTable({ fields, onOpen }: FieldTableProps) {
  const mapping = useMapping()?.mapping ?? null
  return (
    <table className={styles.balance}>
      <thead>
        <tr>
          <th scope="col">Field</th>
          {['Equal', 'Equal after rule', 'Different', 'Missing', 'Added'].map((name) => (
            <th key={name} scope="col" className="number">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => {
          const open = (): void => onOpen({ kind: 'field', field: field.field })
          return (
            <tr key={field.field}>
              <th scope="row">
                {field.column} → {field.target}
                <div className="muted caption">{field.rule}</div>
                <CompareOtherwise field={field} mapping={mapping} />
              </th>
              <td className="number">{formatNumber(field.same)}</td>
              <td className="number">
                {formatNumber(field.sameAfterRule)}
                <EqualBy field={field} />
              </td>
              <Opening value={field.changed} label={`${field.column}: different`} note={changedWords(field)} onOpen={open} />
              <Opening value={field.lost} label={`${field.column}: missing`} onOpen={open} />
              <Opening value={field.appeared} label={`${field.column}: added`} onOpen={open} />
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** By which rules of comparing the values were called equal. */
function EqualBy({ field: { equalBy } }: { readonly field: FieldBalance }) {
  return equalBy.map(({ rule, name, count }) => (
    <div key={rule} className="muted caption">
      {formatNumber(count)} {name}
    </div>
  ))
}

/** The line of the field map, where a person says how strictly its values are compared. */
function CompareOtherwise({ field, mapping }: { readonly field: FieldBalance; readonly mapping: Mapping | null }) {
  if (field.equalBy.length === 0 || !mapping) return null
  const at = mapping.fields.findIndex(
    ({ source, fields, target, status }) =>
      status === 'confirmed' && source === field.table && fields.join(' + ') === field.column && target === field.target,
  )
  if (at < 0) return null
  return (
    <a className="caption" href={`#/data/mapping?tab=confirmed&line=${at + 1}`}>
      Compare it otherwise
      <span className="visually-hidden">
        : {field.column} → {field.target}
      </span>
    </a>
  )
}

/** What each rule says by which values of these fields were called equal. */
export function EqualRules({ fields }: Pick<FieldTableProps, 'fields'>) {
  const used = new Set(fields.flatMap(({ equalBy }) => equalBy.map(({ rule }) => rule)))
  const words = equalRuleWords.filter(({ rule }) => used.has(rule))
  if (words.length === 0) return null
  return (
    <details className={`around ${styles.help}`}>
      <summary>Why values that are written otherwise are called equal</summary>
      <dl>
        {words.map(({ rule, name, says }) => (
          <Fragment key={rule}>
            <dt>{name}</dt>
            <dd>{says}</dd>
          </Fragment>
        ))}
      </dl>
      <p className="muted">Each line of the field map can ask for more or for less: “Compare it otherwise” leads there.</p>
    </details>
  )
}

/** A number that leads to its records; nothing leads nowhere. */
function Opening(props: {
  readonly value: number
  readonly label: string
  readonly red?: boolean
  readonly note?: string
  readonly onOpen: () => void
}) {
  if (props.value === 0) return <td className="number">0</td>
  return (
    <td className={`number ${styles.open} ${props.red ? 'strong is-error' : ''}`}>
      <button type="button" aria-label={`${formatNumber(props.value)}, ${props.label}`} onClick={props.onOpen}>
        {formatNumber(props.value)}
      </button>
      {props.note !== undefined && props.note !== '' && <div className="muted caption">{props.note}</div>}
    </td>
  )
}

function arrived(table: TableBalance) {
  const { equal, byRule, withDifferences, split } = table
  const parts = [
    [equal, 'equal'],
    [byRule, 'by rule'],
    [withDifferences, 'with differences'],
    [split, 'split'],
  ] as const
  return (
    <>
      {formatNumber(table.arrived)}
      {parts.map(([count, words]) =>
        count === 0 ? null : (
          <div key={words} className="muted caption">
            {formatNumber(count)} {words}
          </div>
        ),
      )}
    </>
  )
}

function excluded({ filtered, archived, rejected }: TableBalance): string {
  return `${formatNumber(filtered)} filtered, ${formatNumber(archived)} archived, ${formatNumber(rejected)} rejected`
}

function matched({ matched }: TableBalance): string {
  const used = (Object.keys(methods) as MatchMethod[]).filter((method) => matched[method] > 0)
  return used.map((method) => `${formatNumber(matched[method])} ${methods[method]}`).join(', ')
}

function changedWords({ truncated, replaced, nullReason }: FieldBalance): string {
  return [
    truncated > 0 ? `${formatNumber(truncated)} cut off` : '',
    replaced > 0 ? `${formatNumber(replaced)} damaged` : '',
    nullReason > 0 ? `${formatNumber(nullReason)} other reason` : '',
  ]
    .filter(Boolean)
    .join(', ')
}
