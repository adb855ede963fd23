/** Legacy records that nobody accounts for: file, line, key and why, also those that a lost patient took along. */
import { useState } from 'react'
import { openWhys } from '../../../../core/data/reconcile/account/open-records.ts'
import type { ReconcileResult } from '../../../../core/data/reconcile/account/result.ts'
import { Button } from '../../../components/button.tsx'
import { formatCount, formatNumber } from '../../../components/format.ts'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { RevealButton, useShown } from '../../../frame/reveal-button.tsx'
import data from '../data.module.css'

const atOnce = 50

export function OpenRecordsList({ result, names }: { readonly result: ReconcileResult; readonly names: readonly string[] }) {
  const show = useShown()
  const [shown, setShown] = useState(atOnce)
  const { open, unaccounted, isUnconfirmed } = result
  if (isUnconfirmed || open.length === 0) return null
  const left = Math.min(atOnce, open.length - shown)
  return (
    <section className={`around-wide ${data.section}`}>
      <div className="row apart">
        <h2 id="unaccounted" tabIndex={-1}>
          {formatCount(unaccounted, 'unaccounted record', 'unaccounted records')}
        </h2>
        <RevealButton />
      </div>
      <ScrollRegion className="box scroll" label="Unaccounted records">
        <table>
          <thead>
            <tr>
              <th scope="col">Table</th>
              <th scope="col">File</th>
              <th scope="col" className="number">
                Line
              </th>
              <th scope="col">Key</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {open.slice(0, shown).map(({ table, input, record, line, key, why }) => (
              <tr key={`${input}:${record}`}>
                <th scope="row">{table}</th>
                <td className="breaks">{names[input]}</td>
                <td className="number">{formatNumber(line)}</td>
                <td>{key === '' ? <span className="muted">none</span> : show(key)}</td>
                <td>{openWhys[why]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {left > 0 && <Button onPress={() => setShown(shown + atOnce)}>Show {formatNumber(left)} more</Button>}
      {open.length < unaccounted && (
        <p className="muted">
          The first {formatNumber(open.length)} of {formatNumber(unaccounted)} are listed.
        </p>
      )}
    </section>
  )
}
