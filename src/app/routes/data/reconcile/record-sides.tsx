/** One record of a difference side by side: what legacy holds, what the target holds, field by field. */
import { useState } from 'react'
import type { Fact, Sighting } from '../../../../core/finding.ts'
import type { PairItem, RecordPair } from '../../../../core/review/model/pair-types.ts'
import { Button } from '../../../components/button.tsx'
import { formatNumber } from '../../../components/format.ts'
import { Note } from '../../../components/panel.tsx'
import { useShown } from '../../../frame/reveal-button.tsx'
import { recordPair } from '../../review/acts/record-pairs.ts'
import styles from './reconcile.module.css'

type Shown = { readonly item: PairItem | null } | { readonly problem: string }

export function RecordSides({ sighting }: { readonly sighting: Sighting }) {
  const [shown, setShown] = useState<Shown | null>(null)
  const { patient } = sighting
  const open = (): void => {
    if (patient === undefined) return
    recordPair(patient, []).then(
      (pair) => setShown({ item: itemAt(pair, sighting) }),
      (error: unknown) => setShown({ problem: error instanceof Error ? error.message : String(error) }),
    )
  }
  return (
    <>
      <div>{placesOf(sighting)}</div>
      {patient === undefined ? (
        <p className="muted caption">This record names no patient, so there is nothing to put beside it.</p>
      ) : (
        <Button look="quiet" onPress={() => (shown ? setShown(null) : open())}>
          {shown ? 'Close' : 'Show both sides'}
        </Button>
      )}
      {shown && 'problem' in shown && <Note mark="warning">{shown.problem}</Note>}
      {shown &&
        'item' in shown &&
        (shown.item ? <Fields item={shown.item} /> : <p className="muted">Nothing stands beside it.</p>)}
    </>
  )
}

function Fields({ item }: { readonly item: PairItem }) {
  const show = useShown()
  return (
    <table className={styles.pairTable}>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Legacy</th>
          <th scope="col">Target</th>
        </tr>
      </thead>
      <tbody>
        {item.fields.map(({ path, label, legacy, target, cls, words }) => {
          const differs = cls !== 'same' && cls !== 'same-after-rule'
          return (
            <tr key={path} className={differs ? styles.different : undefined}>
              <th scope="row">
                {label}
                {words !== null && <div className="muted caption">{words}</div>}
              </th>
              <td>{legacy === null ? <span className="muted">Not recorded</span> : show(legacy)}</td>
              <td>{target === null ? <span className="muted">Not recorded</span> : show(target)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** The entry of the record that the sighting is about, by its place on either side. */
function itemAt(pair: RecordPair, { at, evidence }: Sighting): PairItem | null {
  const items = pair.domains.flatMap(({ items }) => items)
  const legacy = [number(evidence.facts, 'legacy input'), number(evidence.facts, 'legacy record')]
  const target = [number(evidence.facts, 'target input'), number(evidence.facts, 'target record')]
  const own = at.kind === 'cell' ? [at.input, at.record] : [null, null]
  const stands = (place: PairItem['legacy'], [input, record]: readonly (number | null)[]): boolean =>
    place !== null && place.input === input && place.record === record
  return (
    items.find((item) => stands(item.legacy, legacy) || stands(item.target, target)) ??
    items.find((item) => stands(item.legacy, own) || stands(item.target, own)) ??
    null
  )
}

function number(facts: readonly Fact[], name: string): number | null {
  const value = facts.find((fact) => fact.name === name)?.value
  return typeof value === 'number' ? value : null
}

/** "legacy line 12, target line 40". */
function placesOf({ at, evidence }: Sighting): string {
  const lines = (['legacy', 'target'] as const).flatMap((side) => {
    const line = number(evidence.facts, `${side} line`)
    return line === null ? [] : [`${side} line ${formatNumber(line)}`]
  })
  if (lines.length > 0) return lines.join(', ')
  return at.kind === 'cell' ? `record ${formatNumber(at.record)}, line ${formatNumber(at.line)}` : ''
}
