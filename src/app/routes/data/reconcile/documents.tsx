/** Documents and scans: whether every file that a legacy table names is in the folder, can be opened, and is named by a row. */
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import type { DocumentsResult } from '../../../../core/data/reconcile/loads/check-documents.ts'
import { Button } from '../../../components/button.tsx'
import { formatNumber } from '../../../components/format.ts'
import { Note } from '../../../components/panel.tsx'
import { Select } from '../../../components/select.tsx'
import { Pill } from '../../../components/severity-mark.tsx'
import { RevealButton, useShown } from '../../../frame/reveal-button.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { download } from '../../../window/download.ts'
import { findDocuments, useDocuments } from '../acts/compare-documents.ts'
import styles from '../data.module.css'

const shownAtOnce = 20
/** Columns that probably hold the name of a file come first. */
const likely = /file|path|document|scan|image|attach/i

export function Documents() {
  const sources = useWorkspace((w) => w.project?.sources ?? [])
  const files = useWorkspace((w) => w.files)
  const inputs = useWorkspace((w) => w.run?.validation?.inputs)
  const running = useWorkspace((w) => w.running !== null)
  const { checked, stale } = useDocuments()
  const [chosen, setChosen] = useState('')
  // The names of columns are listed when they are asked for: where a file has no header, they are values.
  const [asking, setAsking] = useState(false)
  const columns = sources
    .filter(({ id, side }) => side === 'legacy' && files.has(id))
    .flatMap((source) => {
      const header = inputs?.find(({ name, side }) => name === source.name && side === 'legacy')?.structure?.header ?? []
      return header.map((column) => ({ id: source.id, column, words: `${source.name}, column ${column}` }))
    })
    .sort((a, b) => Number(likely.test(b.column)) - Number(likely.test(a.column)))
  if (!sources.some(({ id, side }) => side === 'legacy' && files.has(id))) return null
  const names = columns.map(({ id, column }) => `${id}\n${column}`)
  const key = names.includes(chosen) ? chosen : ''
  const [id = '', column = ''] = key.split('\n')
  return (
    <section className={`around-wide ${styles.section}`}>
      <h2>Documents and scans</h2>
      {columns.length === 0 ? (
        <p className="muted">Check the files first: then the column that names the documents can be chosen.</p>
      ) : !asking ? (
        <div>
          <Button onPress={() => setAsking(true)}>Choose the column that names them…</Button>
        </div>
      ) : (
        <div className="row-end">
          <Select
            label="Named by"
            value={key}
            choices={[['', 'Choose a column…'], ...columns.map(({ words }, i) => [names[i] ?? '', words] as const)]}
            onChange={setChosen}
          />
          <FileTrigger acceptDirectory onSelect={(list) => list && void findDocuments(id, column, [...list])}>
            <Button isDisabled={running || key === ''}>Choose the folder of the documents…</Button>
          </FileTrigger>
          <span className="muted">They are read once and not kept.</span>
        </div>
      )}
      {checked && (
        <>
          {stale && <Note mark="warning">These numbers are about an earlier file. Choose the folder again.</Note>}
          <Result result={checked.result} paths={checked.paths} name={`${checked.source.name}, column ${checked.column}`} />
        </>
      )}
    </section>
  )
}

function Result({
  result,
  paths,
  name,
}: {
  readonly result: DocumentsResult
  readonly paths: readonly string[]
  readonly name: string
}) {
  const show = useShown()
  const { read, named, found, missing, ambiguous, unnamed, unclaimed, empty, unopenable, copies } = result
  if (!result.columnFound) return <Note mark="error">{name}: the file no longer has this column.</Note>
  const whole = missing.length + ambiguous.length + unopenable.length + empty === 0
  const facts = [
    ['Named by a row', named],
    ['Found', found],
    ['Missing', missing.length],
    ['Several files of the name', ambiguous.length],
    ['Rows without a name', unnamed],
    ['Files that no row names', unclaimed],
    ['Empty files', empty],
    ['Not what their ending says', unopenable.length],
    ['Copies of another', copies],
  ] as const
  return (
    <>
      <div className="row">
        <Verdict whole={whole} named={named} read={read} />
        <span className="muted">{name}</span>
        {unopenable.length > 0 && <RevealButton />}
        <Button
          look="quiet"
          onPress={() => download('documents.json', `${JSON.stringify(result, null, 2)}\n`, 'application/json')}
        >
          Export as JSON
        </Button>
      </div>
      <table className={styles.counts}>
        <caption className="visually-hidden">Documents and scans, counted</caption>
        <tbody>
          {facts.map(([words, count]) => (
            <tr key={words}>
              <th scope="row">{words}</th>
              <td className="number">{formatNumber(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Places title="Missing" list={missing.map(({ record, line }) => `record ${record}, line ${line}`)} />
      <Places title="Several files of the name" list={ambiguous.map(({ record, line }) => `record ${record}, line ${line}`)} />
      <Places title="Not what their ending says" list={unopenable.map(({ file, why }) => `${show(paths[file] ?? '')}: ${why}`)} />
    </>
  )
}

function Verdict({
  whole,
  named,
  read,
}: {
  readonly whole: boolean
  readonly named: number
  readonly read: DocumentsResult['read']
}) {
  if (!whole) return <Pill mark="error">Documents are missing or damaged</Pill>
  if (read !== 'read') return <Pill mark="warning">The table was not read whole: what it names further is not known</Pill>
  if (named === 0) return <Pill mark="unknown">No row names a document</Pill>
  return <Pill mark="ok">Every named document is there</Pill>
}

function Places({ title, list }: { readonly title: string; readonly list: readonly string[] }) {
  const [shown, setShown] = useState(shownAtOnce)
  if (list.length === 0) return null
  return (
    <details className={`above-wide ${styles.coverage}`}>
      <summary>
        {title}: {formatNumber(list.length)}
      </summary>
      <ul>
        {list.slice(0, shown).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      {list.length > shown && (
        <Button onPress={() => setShown(shown + shownAtOnce)}>
          Show {formatNumber(Math.min(shownAtOnce, list.length - shown))} more
        </Button>
      )}
    </details>
  )
}
