/** What asks for a decision before any row is carried: columns that changed with a new extract, and what is wrong with the map itself. */
import { useEffect, useMemo, useState } from 'react'
import { columnDrift, renameEdit } from '../../../../core/data/crosswalk/drift.ts'
import type { Mapping } from '../../../../core/data/crosswalk/mapping/mapping.ts'
import type { MappingFinding } from '../../../../core/data/crosswalk/plan/crosswalk.ts'
import { mappingSummary } from '../../../../core/data/crosswalk/records/required.ts'
import { Button } from '../../../components/button.tsx'
import { formatCount, formatNumber, formatPercent } from '../../../components/format.ts'
import { Note } from '../../../components/panel.tsx'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import { changeMapping } from '../acts/mapping.ts'
import type { Filled } from '../acts/mapping-entries.ts'
import { judgeMapping } from '../acts/mapping-help.ts'
import data from '../data.module.css'
import { lineToOpen } from './line-to-open.ts'

/** Columns of a new extract beside those that the map names; confirmed lines stay until a person decides. */
export function DriftNotes({ mapping, filled }: { readonly mapping: Mapping; readonly filled: Filled | null }) {
  const drifts = useMemo(
    () =>
      [...(filled ?? [])]
        .map(([table, columns]) => columnDrift(mapping, table, [...columns.keys()]))
        .filter(({ gone }) => gone.length > 0),
    [mapping, filled],
  )
  return drifts.map(({ table, added, gone, renamed }) => (
    <Note key={table} mark="warning">
      <p>
        <strong>{table}</strong>: {formatCount(added.length, 'column')} new, {formatNumber(gone.length)} gone,{' '}
        {formatNumber(renamed.length)} renamed? Confirmed lines stay as they are until you decide.
      </p>
      <ul className={`stack-tight above ${data.decisions}`}>
        {renamed.map(({ from, to, score }) => (
          <li key={from}>
            {from} is probably {to} now ({formatPercent(score)}).{' '}
            <Button onPress={() => changeMapping(renameEdit(mapping, table, from, to))}>
              Follow {from} to {to}
            </Button>
          </li>
        ))}
        {gone
          .filter(({ column }) => !renamed.some(({ from }) => from === column))
          .map(({ column, lines }) => (
            <li key={column}>
              {column} is gone.{' '}
              <Button
                onPress={() =>
                  changeMapping({
                    kind: 'together',
                    edits: lines.toSorted((a, b) => b - a).map((at) => ({ kind: 'remove-line', at })),
                  })
                }
              >
                Remove its {lines.length === 1 ? 'line' : `${formatNumber(lines.length)} lines`}
              </Button>
            </li>
          ))}
      </ul>
    </Note>
  ))
}

export function MappingFindings({ mapping, onOpen }: { readonly mapping: Mapping; readonly onOpen: (line: number) => void }) {
  const [findings, setFindings] = useState<readonly MappingFinding[]>([])
  useEffect(() => {
    let shown = true
    judgeMapping(mapping).then(
      (found) => shown && setFindings(found),
      () => shown && setFindings([]),
    )
    return () => {
      shown = false
    }
  }, [mapping])
  if (findings.length === 0) return null
  return (
    <details className={`above-wide ${data.coverage}`}>
      <summary>{mappingSummary(mapping, findings, null)}</summary>
      <ul className={`stack-tight above ${data.decisions}`}>
        {findings.map((finding) => {
          const { code, severity, what, words } = finding
          const line = lineToOpen(finding, mapping)
          return (
            <li key={`${code}${finding.line}${what}${words}`}>
              <SeverityMark mark={severity} label={severity} /> <strong>{what}</strong>: {words}{' '}
              {line !== null ? (
                <Button look="quiet" onPress={() => onOpen(line)}>
                  Open line {formatNumber(line + 1)}
                </Button>
              ) : (
                <a href="#/data/mapping?tab=unmapped">Choose a field for it</a>
              )}
            </li>
          )
        })}
      </ul>
    </details>
  )
}
