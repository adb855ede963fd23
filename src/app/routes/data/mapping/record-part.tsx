/** What a line is for its record: the key, a link to another table, or one of the facts that pairing needs. */
import type { FieldLine } from '../../../../core/data/crosswalk/mapping/mapping.ts'
import { roleWords } from '../../../../core/data/crosswalk/plan/role-words.ts'
import { Select } from '../../../components/select.tsx'
import styles from './mapping.module.css'
import type { RuleChange } from './rule-change.ts'

const otherRoles: readonly (readonly [string, string])[] = [
  ['', 'A value, or what its element says'],
  ['code', 'What the record is about'],
  ['onset', 'Since when it holds, or when it was done'],
  ['status', 'Whether it is current'],
  ['id', 'The id that the target gives'],
  ['site', 'The place that totals are split by'],
]

export interface RecordPartProps {
  readonly line: FieldLine
  /** Legacy tables. */
  readonly tables: readonly string[]
  readonly onChange: (change: RuleChange) => void
}

export function RecordPart({ line, tables, onChange }: RecordPartProps) {
  const { rule, params, source } = line
  const role = params.get('role') ?? ''
  const withRole = (next: string): void => {
    const changed = new Map(params)
    if (next === '') changed.delete('role')
    else changed.set('role', next)
    onChange({ params: changed })
  }
  const to = rule === 'reference' ? (params.get('table') ?? '') : ''
  const pointTo = (table: string): void => {
    const changed = new Map(params)
    changed.delete('table')
    if (table === '') {
      changed.delete('missing')
      onChange({ rule: 'copy', params: changed })
    } else onChange({ rule: 'reference', params: changed.set('table', table) })
  }
  const known = [...tables, ...(to === '' || tables.includes(to) ? [] : [to])]
  const isKey = role === 'key'
  return (
    <fieldset className={styles.part}>
      <legend className="visually-hidden">What it is for the record</legend>
      {rule !== 'reference' && (
        <>
          <label className={`line ${styles.check}`}>
            <input type="checkbox" checked={isKey} onChange={(event) => withRole(event.target.checked ? 'key' : '')} />
            This is the key of {source}
          </label>
          <p className="muted caption">{roleWords.find((one) => one.role === role)?.says.replaceAll('`', '') ?? keyWords}</p>
        </>
      )}
      <Select
        label="Points to"
        value={to}
        choices={[
          ['', 'No other table'],
          ...known.filter((name) => name !== source || name === to).map((name) => [name, name] as const),
        ]}
        onChange={pointTo}
      />
      {!isKey && rule !== 'reference' && (
        <Select
          label="It says"
          value={role}
          choices={otherRoles.some(([one]) => one === role) ? otherRoles : [...otherRoles, [role, role]]}
          onChange={withRole}
        />
      )}
    </fieldset>
  )
}

const keyWords = 'A key has one value for each record, and both sides know it.'
