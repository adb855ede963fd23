/** Golden patients: at least ten records that clinicians know, chosen before the migration, read whole after it. */
import { useMemo, useRef, useState } from 'react'
import { goldenChoice, goldenOf } from '../../../../core/project/review/golden-list.ts'
import { fewestGolden, keysFromText } from '../../../../core/review/decision/golden.ts'
import type { FrameUnit } from '../../../../core/review/model/pair-types.ts'
import { Button, ButtonLink } from '../../../components/button.tsx'
import { Field } from '../../../components/field.tsx'
import { FileDrop } from '../../../components/file-drop.tsx'
import { formatMoment, formatNumber } from '../../../components/format.ts'
import { Note, PageHead } from '../../../components/panel.tsx'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { useNamed, WhoWorks } from '../../../frame/who-works.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { keepGolden } from '../acts/golden.ts'
import styles from './golden.module.css'

/** A list of record numbers is short; anything larger is another file. */
const largestList = 1 << 20
const shownAtOnce = 50

export function GoldenPage() {
  const project = useWorkspace((w) => w.project)
  const frame = useWorkspace((w) => w.run?.pairing?.frame ?? null)
  const named = useNamed()
  const kept = useMemo(() => (project ? goldenOf(project) : []), [project])
  const [keys, setKeys] = useState(kept)
  const [said, setSaid] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const unknown = useMemo(() => {
    const known = frame && new Set(frame.map(({ key }) => key))
    return known ? keys.filter((key) => !known.has(key)) : []
  }, [frame, keys])
  if (!project) return null
  const choice = goldenChoice(project.ledger)
  const changed = keys.join('\n') !== kept.join('\n')
  const add = (text: string): void => {
    const found = keysFromText(text)
    const fresh = found.keys.filter((key) => !keys.includes(key))
    setKeys([...keys, ...fresh])
    const from = found.column === null ? '' : ` from the column “${found.column}”`
    const again = found.keys.length - fresh.length + found.repeated
    setSaid(`${formatNumber(fresh.length)} added${from}${again > 0 ? `, ${formatNumber(again)} were there already` : ''}.`)
  }
  const keep = async (): Promise<void> => {
    const refusal = await keepGolden(keys)
    setProblem(refusal)
    if (refusal === null) setSaid('Kept. The ledger holds their digest, not their numbers.')
  }
  return (
    <div className={`stack-wide ${styles.page}`}>
      <PageHead title="Golden patients" beside={<span className="muted">{formatNumber(keys.length)} chosen</span>}>
        <ButtonLink href="#/review/plan">Sample plan</ButtonLink>
        {named && (
          <Button look="primary" onPress={() => void keep()} isDisabled={!changed}>
            Keep this list
          </Button>
        )}
      </PageHead>
      <p className="muted">
        Choose at least {fewestGolden} patients whose records you know well and that are hard to carry over: many medicines,
        refuted allergies, old results, several names. Choose them before the migration. Every one of them is read; they are
        counted exactly and never enter the arithmetic of the random sample. Their numbers stay in the private part of the
        project.
      </p>
      {!named && <WhoWorks question="Who chooses?" button="Choose in this name" className={'bar'} />}
      {choice && (
        <Note mark={choice.beforeFirstRun ? 'ok' : 'info'}>
          Chosen by {choice.by}, {formatMoment(choice.at)}
          {choice.beforeFirstRun ? ', before both sides were first compared.' : ', after both sides had been compared once.'}
        </Note>
      )}
      {keys.length > 0 && keys.length < fewestGolden && (
        <Note mark="warning">
          {formatNumber(keys.length)} of at least {fewestGolden} are chosen.
        </Note>
      )}
      {unknown.length > 0 && (
        <Note mark="error">
          {formatNumber(unknown.length)} of these {unknown.length === 1 ? 'is' : 'are'} not in the old system:{' '}
          {unknown.slice(0, 3).join(', ')}. Correct or remove {unknown.length === 1 ? 'it' : 'them'} before the plan is locked.
        </Note>
      )}
      {problem !== null && <Note mark="error">{problem}</Note>}
      <p role="status" className={styles.said}>
        {said}
      </p>
      <div className={`tiles ${styles.columns}`}>
        <section aria-label="Chosen">
          <h2>Chosen</h2>
          {keys.length === 0 ? (
            <p className="muted">Nobody is chosen yet.</p>
          ) : (
            <ul className={`box scroll ${styles.list}`}>
              {keys.map((key) => (
                <li key={key}>
                  <span>{key}</span>
                  <button type="button" aria-label={`Remove ${key}`} onClick={() => setKeys(keys.filter((each) => each !== key))}>
                    Remove
                  </button>
                </li>
              ))}
            </ul>
          )}
        </section>
        <section aria-label="Add">
          <h2>Add by number</h2>
          <PasteKeys onAdd={add} onProblem={setProblem} />
          <h2>Pick from the old system</h2>
          {frame ? (
            <PickKeys frame={frame} chosen={keys} onPick={(key) => setKeys([...keys, key])} />
          ) : (
            <p className="muted">After all checks ran once in this visit, records can be picked here by what they hold.</p>
          )}
        </section>
      </div>
    </div>
  )
}

function PasteKeys({
  onAdd,
  onProblem,
}: {
  readonly onAdd: (text: string) => void
  readonly onProblem: (problem: string | null) => void
}) {
  const [text, setText] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const read = async (files: readonly File[]): Promise<void> => {
    const [file] = files
    if (!file) return
    if (file.size > largestList) return onProblem('This file is larger than 1 MB: it is no list of chosen records.')
    const content = await file.text()
    if (content.includes('\0')) return onProblem('This file is no text. Save the list as CSV and try again.')
    onProblem(null)
    onAdd(content)
  }
  return (
    <FileDrop className={`stack dashed ${styles.drop}`} overClassName={styles.over} onFiles={(files) => void read(files)}>
      <Field
        label="Record numbers, one per line, or a CSV file with a column of them"
        lines={4}
        value={text}
        onChange={setText}
      />
      <div className="row-end">
        <Button
          onPress={() => {
            onAdd(text)
            setText('')
          }}
          isDisabled={text.trim() === ''}
        >
          Add these
        </Button>
        <Button onPress={() => input.current?.click()}>Choose a CSV file…</Button>
        <input
          ref={input}
          type="file"
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          hidden
          onChange={(event) => {
            void read([...(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
      </div>
    </FileDrop>
  )
}

function PickKeys({
  frame,
  chosen,
  onPick,
}: {
  readonly frame: readonly FrameUnit[]
  readonly chosen: readonly string[]
  readonly onPick: (key: string) => void
}) {
  const [text, setText] = useState('')
  const [what, setWhat] = useState<'all' | 'allergies' | 'fiveMedicines' | 'critical'>('fiveMedicines')
  const wanted = text.trim().toLowerCase()
  const fitting = frame.filter(
    (unit) => (what === 'all' || unit[what]) && unit.key.toLowerCase().includes(wanted) && !chosen.includes(unit.key),
  )
  return (
    <>
      <div className="row-end">
        <label>
          Show{' '}
          <select value={what} onChange={(event) => setWhat(kindOf(event.target.value))}>
            <option value="fiveMedicines">five or more medicines</option>
            <option value="allergies">allergies recorded</option>
            <option value="critical">an open critical finding</option>
            <option value="all">every record</option>
          </select>
        </label>
        <Field label="Number contains" value={text} onChange={setText} />
      </div>
      <p className="muted" role="status">
        {formatNumber(fitting.length)} {fitting.length === 1 ? 'record fits' : 'records fit'}
        {fitting.length > shownAtOnce && `, the first ${shownAtOnce} are shown`}.
      </p>
      {fitting.length > 0 && (
        <ScrollRegion label="Records that fit" className={`box scroll ${styles.scroll}`}>
          <table>
            <thead>
              <tr>
                <th scope="col">Number</th>
                <th scope="col">Allergies</th>
                <th scope="col">Five medicines</th>
                <th scope="col">Booked soon</th>
                <th scope="col">Choose</th>
              </tr>
            </thead>
            <tbody>
              {fitting.slice(0, shownAtOnce).map((unit) => (
                <tr key={unit.key}>
                  <td>{unit.key}</td>
                  <td>{yes(unit.allergies)}</td>
                  <td>{yes(unit.fiveMedicines)}</td>
                  <td>{yes(unit.bookedSoon)}</td>
                  <td>
                    <button type="button" aria-label={`Choose ${unit.key}`} onClick={() => onPick(unit.key)}>
                      Choose
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </>
  )
}

function kindOf(value: string): 'all' | 'allergies' | 'fiveMedicines' | 'critical' {
  return value === 'all' || value === 'allergies' || value === 'critical' ? value : 'fiveMedicines'
}

function yes(flag: boolean): string {
  return flag ? 'yes' : 'no'
}
