/** What changed since the trial load before: per table, per element and per patient. */
import { FileTrigger } from 'react-aria-components'
import { Button } from '../../../components/button.tsx'
import { formatNumber } from '../../../components/format.ts'
import { useWorkspace } from '../../../session/state.ts'
import { compareWithLoad, useLoadComparison } from '../acts/loads.ts'
import styles from '../data.module.css'

export function LoadComparison() {
  const compared = useLoadComparison()
  const result = compared?.result ?? null
  const running = useWorkspace((w) => w.running !== null)
  const hasTarget = useWorkspace((w) => w.project?.sources.some(({ id, side }) => side === 'target' && w.files.has(id)) ?? false)
  if (!hasTarget) return null
  return (
    <section className={`around-wide ${styles.section}`}>
      <h2>Since the load before</h2>
      <div className="row-end">
        <FileTrigger allowsMultiple onSelect={(list) => list && void compareWithLoad([...list])}>
          <Button isDisabled={running}>Choose the target files of the load before…</Button>
        </FileTrigger>
        <span className="muted">They are read once and not kept.</span>
      </div>
      {result && (
        <>
          <p>
            {result.inputs.some(({ status }) => status !== 'read') &&
              'Not every file was read whole; the numbers speak of the rest. '}
            {result.checksums.equal
              ? result.same
                ? 'Both loads hold the same records.'
                : 'What was read is equal; whether the loads are is not known.'
              : `${formatNumber(result.patientsChanged)} ${result.patientsChanged === 1 ? 'patient' : 'patients'} changed since the load before.`}
          </p>
          {compared !== null && compared.left.length > 0 && (
            <p className="muted">Not compared, because no file of the load before was given: {compared.left.join(', ')}.</p>
          )}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
          <section className="box scroll" tabIndex={0} aria-label="Changes since the load before">
            <table>
              <thead>
                <tr>
                  <th scope="col">Table</th>
                  {['Before', 'Now', 'Same', 'Changed', 'Added', 'Gone'].map((name) => (
                    <th key={name} scope="col" className="number">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {result.tables.map(({ table, before, after, same, changed, added, gone }) => (
                  <tr key={table}>
                    <th scope="row">{table}</th>
                    {[before, after, same, changed, added, gone].map((count, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: six counts in a fixed order
                      <td key={index} className="number">
                        {formatNumber(count)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          {result.elements.length > 0 && (
            <p className="muted">
              Most changed:{' '}
              {result.elements
                .slice(0, 8)
                .map(({ table, element, count }) => `${table}.${element} (${formatNumber(count)})`)
                .join(', ')}
            </p>
          )}
          {result.notEvaluated.map(({ what, why }) => (
            <p key={what} className="muted">
              {what}: {why}
            </p>
          ))}
        </>
      )}
    </section>
  )
}
