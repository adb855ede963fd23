/** What people said about records that did not arrive one to one: each line with reason and name, to be changed or taken back. */
import { useState } from 'react'
import type { Explanation } from '../../../../core/data/reconcile/account/result.ts'
import { Button } from '../../../components/button.tsx'
import { formatNumber } from '../../../components/format.ts'
import { RevealButton, useShown } from '../../../frame/reveal-button.tsx'
import { ask } from '../../../session/question.ts'
import { setWorkspace, useWorkspace } from '../../../session/state.ts'
import { explanationsOf, withdrawExplanation } from '../acts/reconcile.ts'
import styles from '../data.module.css'
import { ExplainDialog } from './explain-dialog.tsx'
import { recordWords, stateWords } from './explanation-words.ts'

const shownAtOnce = 50

export function ExplanationsList() {
  const explained = useWorkspace((w) => (w.project ? explanationsOf(w.project) : none))
  const [shown, setShown] = useState(shownAtOnce)
  const [changing, setChanging] = useState<Explanation | null>(null)
  const show = useShown()
  if (explained.length === 0) return null
  const takeBack = async (one: Explanation): Promise<void> => {
    const answer = await ask({
      title: 'Take this explanation back?',
      text: 'Its records are unaccounted again from the next reconciliation on. The ledger keeps that it was given and taken back.',
      choices: [
        { value: 'keep', label: 'Keep it' },
        { value: 'back', label: 'Take it back' },
      ],
    })
    if (answer === 'keep') return
    if (await withdrawExplanation(one)) setWorkspace({ done: 'Taken back. Run the reconciliation again to count it.' })
  }
  return (
    <section className={`around-wide ${styles.section}`}>
      <div className="row apart">
        <h2>Explanations</h2>
        <RevealButton />
      </div>
      <p className="muted">
        {formatNumber(explained.length)} {explained.length === 1 ? 'line' : 'lines'} by people, kept in private/explained.csv.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <section className="box scroll" tabIndex={0} aria-label="Explanations">
        <table>
          <thead>
            <tr>
              <th scope="col">Records</th>
              <th scope="col">Side</th>
              <th scope="col">What became of them</th>
              <th scope="col">Reason</th>
              <th scope="col">By</th>
              <th scope="col">
                <span className="visually-hidden">Change</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {explained.slice(0, shown).map((one) => (
              <tr key={JSON.stringify([one.side, one.table, one.record])}>
                <th scope="row">
                  {one.table}: {recordWords(one.record, one.table, show)}
                </th>
                <td>{one.side}</td>
                <td>
                  {stateWords[one.state]}
                  {one.into !== '' && ` (${show(one.into)})`}
                </td>
                <td>{one.reason}</td>
                <td>{one.by}</td>
                <td>
                  <div className="row">
                    <Button look="quiet" aria-label={`Change the explanation of ${one.table}`} onPress={() => setChanging(one)}>
                      Change…
                    </Button>
                    <Button
                      look="quiet"
                      aria-label={`Take back the explanation of ${one.table}`}
                      onPress={() => void takeBack(one)}
                    >
                      Take back…
                    </Button>
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {explained.length > shown && (
        <Button onPress={() => setShown(shown + shownAtOnce)}>
          Show {formatNumber(Math.min(shownAtOnce, explained.length - shown))} more
        </Button>
      )}
      {changing && (
        <ExplainDialog
          about={{ side: changing.side, table: changing.table, records: [...new Set([changing.record, '*'])] }}
          before={changing}
          onClose={() => setChanging(null)}
        />
      )}
    </section>
  )
}

const none: readonly Explanation[] = []
