/** What the rule of one line makes of real rows; again after every change. Values are masked until somebody asks. */
import { useEffect, useState } from 'react'
import { parseElementPath, valuesAt } from '../../../../core/data/crosswalk/mapping/element-path.ts'
import { targetsOfRows } from '../../../../core/data/crosswalk/mapping/keyed-lines.ts'
import type { Mapping } from '../../../../core/data/crosswalk/mapping/mapping.ts'
import type { PreviewResult } from '../../../../core/data/crosswalk/plan/crosswalk.ts'
import type { JsonValue } from '../../../../core/data/model/record.ts'
import { Cancelled } from '../../../../core/operation.ts'
import { formatCount, formatNumber } from '../../../components/format.ts'
import { Note } from '../../../components/panel.tsx'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import { RevealButton, useShown } from '../../../frame/reveal-button.tsx'
import type { MappingEntry } from '../acts/mapping-entries.ts'
import { previewTable } from '../acts/mapping-help.ts'
import styles from './mapping.module.css'

/** How long nothing must have changed before the rows are read again. */
const quietMilliseconds = 300

export function MappingPreview({ mapping, entry }: { readonly mapping: Mapping; readonly entry: MappingEntry }) {
  const [result, setResult] = useState<PreviewResult | string | null>(null)
  const { source } = entry.line
  const { at } = entry
  useEffect(() => {
    const stop = new AbortController()
    const timer = setTimeout(() => {
      previewTable(mapping, at, source, stop.signal).then(
        (found) => !stop.signal.aborted && setResult(found),
        (error: unknown) =>
          !stop.signal.aborted &&
          !(error instanceof Cancelled) &&
          setResult(error instanceof Error ? error.message : String(error)),
      )
    }, quietMilliseconds)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [mapping, at, source])
  if (result === null) return <p className="muted">Reading rows…</p>
  if (typeof result === 'string') return <Note mark="warning">{result}</Note>
  return <Rows result={result} entry={entry} />
}

/** What an element says, without its structure: "91936005 · Allergy to penicillin". Names of code systems are left out, and what is said twice. */
function valueWords(value: JsonValue): string {
  return [...new Set(leaves(value))].join(' · ')
}

function leaves(value: JsonValue): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(leaves)
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, inner]) =>
      inner === undefined || name === 'system' || name === 'use' ? [] : leaves(inner),
    )
  return value === null ? [] : [String(value)]
}

function Rows({ result, entry }: { readonly result: PreviewResult; readonly entry: MappingEntry }) {
  const show = useShown()
  const { line } = entry
  const targetsOf = ({ rows }: PreviewResult['rows'][number]) =>
    targetsOfRows(
      line.target,
      rows.map(({ legacy }) => legacy),
    )
  const problemOf = (row: PreviewResult['rows'][number]) => row.problems.find(({ target }) => targetsOf(row).includes(target))
  const failing = result.rows.filter((row) => problemOf(row) !== undefined)
  const [first] = failing
  return (
    <>
      <RevealButton />
      {first && (
        <Note mark="error">
          The rule stops at {formatNumber(failing.length)} of {formatCount(result.rows.length, 'record')} shown, first at line{' '}
          {formatNumber(first.rows[0]?.line ?? first.record)}: {problemOf(first)?.why}.
        </Note>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className={`scroll ${styles.preview}`} tabIndex={0} aria-label="The rule on real rows">
        <table>
          <thead>
            <tr>
              <th scope="col" className="number">
                Line
              </th>
              <th scope="col">{line.fields.join(' + ')}</th>
              <th scope="col">becomes</th>
            </tr>
          </thead>
          <tbody>
            {result.rows.map((row) => {
              const problem = problemOf(row)
              const values = targetsOf(row).flatMap((target) => {
                const path = parseElementPath(target)
                if (typeof path === 'string') return []
                return row.target.filter(({ type }) => type === path.type).flatMap(({ value }) => valuesAt(value, path))
              })
              return (
                <tr key={row.record}>
                  <td className="number muted">
                    {row.rows.map((one) => (
                      <div key={one.line}>{formatNumber(one.line)}</div>
                    ))}
                    {row.rowCount > row.rows.length && <div>and {formatNumber(row.rowCount - row.rows.length)} more</div>}
                  </td>
                  <td>
                    {row.rows.map((one) => (
                      <div key={one.line}>
                        {show(line.fields.map((field) => one.legacy[field] ?? '').join(' + ')) || '\u00a0'}
                      </div>
                    ))}
                  </td>
                  <td>
                    {problem ? (
                      <>
                        <SeverityMark mark="error" label="stopped" /> {problem.why}
                      </>
                    ) : row.state === 'rejected' ? (
                      <span className="muted">the row is rejected by {row.problems[0]?.field ?? 'another field'}</span>
                    ) : row.state === 'filtered' ? (
                      <span className="muted">left out</span>
                    ) : values.length === 0 ? (
                      <span className="muted">nothing</span>
                    ) : (
                      show(values.map(valueWords).join(', '))
                    )}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </section>
      <p className="muted caption">
        {formatCount(result.rows.length, 'record')}, chosen so that every way through the rules of this table is seen.
      </p>
    </>
  )
}
