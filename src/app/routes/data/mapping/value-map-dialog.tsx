/** A value map: which legacy code becomes which target code, how closely, one row per code. */
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { fromConceptMap, toConceptMap } from '../../../../core/data/crosswalk/documents/concept-map.ts'
import { readMapping, writeValueMap } from '../../../../core/data/crosswalk/mapping/mapping.ts'
import type { ValueLine, ValueMap } from '../../../../core/data/model/carried.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { formatCount } from '../../../components/format.ts'
import { Note } from '../../../components/panel.tsx'
import { download } from '../../../window/download.ts'
import styles from './mapping.module.css'

export interface ValueMapDialogProps {
  readonly map: ValueMap
  readonly onSave: (map: ValueMap) => void
  readonly onClose: () => void
}

const relationships: readonly ValueLine['relationship'][] = ['equivalent', 'wider', 'narrower', 'inexact', 'unmatched']
const columns = [
  ['code', 'Legacy code'],
  ['display', 'Meaning'],
  ['system', 'Target code system'],
  ['target', 'Target code'],
] as const

/** A row while it is edited; `id` keeps its place when its code changes. */
type Draft = ValueLine & { readonly id: number }

export function ValueMapDialog({ map, onSave, onClose }: ValueMapDialogProps) {
  const [rows, setRows] = useState<readonly Draft[]>(() => [...map.lines.values()].map((line, id) => ({ ...line, id })))
  const [problem, setProblem] = useState<string | null>(null)
  const change = (id: number, part: Partial<ValueLine>): void =>
    setRows(rows.map((row) => (row.id === id ? { ...row, ...part } : row)))
  const add = (): void =>
    setRows([
      ...rows,
      {
        id: Math.max(-1, ...rows.map(({ id }) => id)) + 1,
        code: '',
        display: '',
        system: rows.at(-1)?.system ?? '',
        target: '',
        relationship: 'equivalent',
      },
    ])
  const trouble = problem ?? troubleOf(rows)
  const take = async (file: File): Promise<void> => {
    const text = await file.text()
    const read = /^\s*\{/.test(text) ? readConceptMapFile(map.name, text) : readValueMapFile(map.name, text)
    if (typeof read === 'string') setProblem(`${file.name}: ${read}`)
    else {
      setProblem(null)
      setRows(read.map((line, id) => ({ ...line, id })))
    }
  }
  return (
    <Dialog title={`Value map ${map.name}`} open onClose={onClose} wide>
      <p className="muted">
        {formatCount(rows.length, 'code')}. Wider and inexact codes lose meaning; an unmatched code is rejected and counted.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className={`scroll outlined ${styles.valueScroll}`} tabIndex={0} aria-label="Codes">
        <table className={styles.valueTable}>
          <thead>
            <tr>
              {columns.map(([name, label]) => (
                <th key={name} scope="col">
                  {label}
                </th>
              ))}
              <th scope="col">Relationship</th>
              <th scope="col">
                <span className="visually-hidden">Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={row.id}>
                {columns.map(([name, label]) => (
                  <td key={name}>
                    <input
                      className={`full ${styles.cell}`}
                      aria-label={`${label}, row ${index + 1}`}
                      value={row[name]}
                      autoFocus={index === 0 && name === 'code'}
                      onChange={(event) => change(row.id, { [name]: event.target.value })}
                    />
                  </td>
                ))}
                <td>
                  <select
                    className={`full ${styles.cell}`}
                    aria-label={`Relationship, row ${index + 1}`}
                    value={row.relationship}
                    onChange={(event) => {
                      const relationship = relationships.find((each) => each === event.target.value)
                      if (relationship) change(row.id, { relationship })
                    }}
                  >
                    {relationships.map((each) => (
                      <option key={each}>{each}</option>
                    ))}
                  </select>
                </td>
                <td>
                  <Button
                    look="quiet"
                    aria-label={`Remove row ${index + 1}`}
                    onPress={() => setRows(rows.filter(({ id }) => id !== row.id))}
                  >
                    Remove
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {trouble !== null && <Note mark="error">{trouble}</Note>}
      <DialogActions>
        <Button onPress={add}>Add a code</Button>
        <FileTrigger
          acceptedFileTypes={['.csv', 'text/csv', '.json', 'application/json']}
          onSelect={(list) => list?.[0] && void take(list[0])}
        >
          <Button>Import CSV or ConceptMap…</Button>
        </FileTrigger>
        <Button onPress={() => download(`${map.name}.csv`, writeValueMap(asMap(map.name, rows)), 'text/csv')}>Export CSV</Button>
        <Button
          onPress={() =>
            download(
              `${map.name}.ConceptMap.json`,
              `${JSON.stringify(toConceptMap(asMap(map.name, rows)), null, 2)}\n`,
              'application/fhir+json',
            )
          }
        >
          Export ConceptMap
        </Button>
        <Button onPress={onClose}>Cancel</Button>
        <Button
          look="primary"
          isDisabled={troubleOf(rows) !== null}
          onPress={() => {
            onClose()
            onSave(asMap(map.name, rows))
          }}
        >
          Keep
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function asMap(name: string, rows: readonly Draft[]): ValueMap {
  return { name, lines: new Map(rows.map(({ id: _, ...line }) => [line.code, line])) }
}

function troubleOf(rows: readonly Draft[]): string | null {
  const seen = new Set<string>()
  for (const [index, { code, target, relationship }] of rows.entries()) {
    if (code === '') return `Row ${index + 1} has no legacy code.`
    if (seen.has(code)) return `Row ${index + 1} has a legacy code that stands above already; only one of them can count.`
    if (target === '' && relationship !== 'unmatched')
      return `Row ${index + 1} has no target code: name one, or say that it is unmatched.`
    seen.add(code)
  }
  return null
}

/** The lines of a file, or why it can not be taken. */
function readValueMapFile(name: string, text: string): readonly ValueLine[] | string {
  const path = `mapping/values/${name}.csv`
  const { mapping, problems } = readMapping(new Map([[path, new TextEncoder().encode(text)]]))
  const own = problems.find(({ file }) => file === path)
  if (own) return `${own.line === null ? '' : `line ${own.line}: `}${own.words}`
  return [...(mapping.values.get(name)?.lines.values() ?? [])]
}

/** The lines of a ConceptMap, or why it can not be taken whole. */
function readConceptMapFile(name: string, text: string): readonly ValueLine[] | string {
  try {
    const { map, problems } = fromConceptMap(JSON.parse(text), name)
    return problems.length > 0 ? problems.slice(0, 3).join(' ') : [...map.lines.values()]
  } catch {
    return 'it is not valid JSON.'
  }
}
