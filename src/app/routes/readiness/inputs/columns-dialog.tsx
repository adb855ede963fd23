/** A file with other names of columns: each column that is asked for, beside the name in the file that is meant. */
import { useEffect, useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { useColumnsQuestion } from '../../../session/question.ts'
import styles from './inputs.module.css'

export function ColumnsDialog() {
  const { question, answer } = useColumnsQuestion()
  const [match, setMatch] = useState<Readonly<Record<string, string>>>({})
  useEffect(() => setMatch(question?.proposed ?? {}), [question])
  // Whoever leaves the page has not answered.
  useEffect(() => () => useColumnsQuestion.getState().answer(null), [])
  if (question === null) return null
  const { columns, names } = question
  const open = columns.filter(({ name, needed }) => needed && match[name] === undefined)
  const say = (column: string, name: string): void => {
    // One name of the file is one column.
    const others = Object.entries(match).filter(([each, said]) => each !== column && said !== name)
    setMatch(Object.fromEntries(name === '' ? others : [...others, [column, name]]))
  }
  const rows = (needed: boolean) =>
    columns
      .filter((each) => each.needed === needed)
      .map(({ name, says }) => (
        <label key={name} className={styles.matched}>
          <span>
            <code>{name}</code> <small className="muted">{says}</small>
          </span>
          <select value={match[name] ?? ''} onChange={(event) => say(name, event.target.value)}>
            <option value="">{needed ? 'Choose a column of the file' : 'Not in the file'}</option>
            {names.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </label>
      ))
  return (
    <Dialog title={question.title} open onClose={() => answer(null)}>
      <p>The file calls its columns otherwise. Proposed by name; the next file of this kind is asked about with your answer.</p>
      {rows(true)}
      {columns.some(({ needed }) => !needed) && (
        <details>
          <summary>Columns that may be left out</summary>
          {rows(false)}
        </details>
      )}
      <DialogActions problem={open.length > 0 && <p className="muted">Still open: {open.map(({ name }) => name).join(', ')}.</p>}>
        <Button onPress={() => answer(null)}>Leave the file out</Button>
        <Button look="primary" isDisabled={open.length > 0} onPress={() => answer(match)}>
          Take the file
        </Button>
      </DialogActions>
    </Dialog>
  )
}
