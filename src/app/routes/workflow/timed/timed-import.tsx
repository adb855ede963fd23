/** Runs from a file or the clipboard: columns by name, or told once where the file calls them otherwise. */
import { useMemo, useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { counted } from '../../../../core/counted.ts'
import { headOf, withColumnNames } from '../../../../core/readiness/input-files/edit-input.ts'
import { inputFiles } from '../../../../core/readiness/input-files/files.ts'
import { readInput } from '../../../../core/readiness/input-files/read-input.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { Field } from '../../../components/field.tsx'
import { Note } from '../../../components/panel.tsx'
import { setWorkspace } from '../../../session/state.ts'
import { largestInput } from '../../readiness/acts/input-files.ts'
import { importRuns } from '../acts/timed-tests.ts'
import { SelectField } from '../fields/fields.tsx'
import styles from './timed.module.css'
import type { TimedView } from './timed-view.ts'

const file = inputFiles.observations
/** Problems shown at once; the others are counted. */
const shownProblems = 8

export function TimedImport({ view, onClose }: { readonly view: TimedView; readonly onClose: () => void }) {
  const [text, setText] = useState('')
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  const [trouble, setTrouble] = useState<string | null>(null)
  const given = text.trim() === '' ? [] : headOf(text)
  const named = useMemo(() => withColumnNames(text, names), [text, names])
  const read = useMemo(() => (text.trim() === '' ? null : readInput(file, named)), [named, text])
  const asked = text.trim() === '' ? [] : readInput(file, text).missing
  const take = async (chosen: File | undefined): Promise<void> => {
    if (!chosen) return
    if (chosen.size > largestInput) return setTrouble(`The file is larger than ${largestInput >> 20} MB; take a shorter period.`)
    const content = await chosen.text()
    if (content.includes('\0')) return setTrouble('The file is no text. Save it as CSV and try again.')
    setTrouble(null)
    setText(content)
  }
  const add = async (): Promise<void> => {
    const { added, known, problems } = await importRuns(named)
    const parts = [
      `${counted(added, 'run')} added`,
      ...(known > 0 ? [`${known} were there already`] : []),
      ...(problems.length > 0 ? [`${counted(problems.length, 'cell')} could not be read`] : []),
    ]
    setWorkspace({ done: `${parts.join(', ')}.` })
    onClose()
  }
  return (
    <Dialog title="Import runs" open wide onClose={onClose}>
      <p className="muted">
        One line per run: <code>task_id, role, system</code> (old or new), <code>started_at, seconds</code>; as far as you have
        them <code>clicks, keys, screens, person_id, interruptions, discarded</code>. <code>task_id</code> is a task of the plan,
        by id or name, or a step of the map.
      </p>
      <span className={`row ${styles.row}`}>
        <FileTrigger acceptedFileTypes={['.csv', '.tsv', '.txt']} onSelect={(list) => void take(list?.[0])}>
          <Button>Choose a file…</Button>
        </FileTrigger>
      </span>
      <Field label="Or paste the lines here, head included" value={text} onChange={setText} lines={8} problem={trouble} />
      {asked.length > 0 && (
        <fieldset className="stack">
          <legend>Which column is what</legend>
          {asked.map((name) => (
            <SelectField
              key={name}
              label={`${name}: ${file.columns[name as keyof typeof file.columns]?.says ?? ''}`}
              value={names.get(name) ?? null}
              options={given.map((column) => ({ id: column, label: column }))}
              none="not there"
              onCommit={(column) => {
                const next = new Map(names)
                if (column === null) next.delete(name)
                else next.set(name, column)
                setNames(next)
              }}
            />
          ))}
        </fieldset>
      )}
      {read && read.problems.length > 0 && (
        <Note mark={read.rows.length === 0 ? 'error' : 'warning'}>
          <ul>
            {read.problems.slice(0, shownProblems).map(({ sentence, line, column }) => (
              <li key={`${line} ${column} ${sentence}`}>{sentence}</li>
            ))}
            {read.problems.length > shownProblems && <li>{read.problems.length - shownProblems} more</li>}
          </ul>
        </Note>
      )}
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
        <Button look="primary" isDisabled={!read || read.rows.length === 0 || view.readOnly} onPress={() => void add()}>
          Add {counted(read?.rows.length ?? 0, 'run')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
