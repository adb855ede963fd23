/** A file of the board changed by hand: as a table, or as text where many rows are pasted. Nothing is kept before Save. */
import { useMemo, useReducer, useState } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { counted } from '../../../../core/counted.ts'
import { placeOfLine } from '../../../../core/readiness/input-files/edit-input.ts'
import { type InputKind, inputFiles } from '../../../../core/readiness/input-files/files.ts'
import type { InputFile } from '../../../../core/readiness/input-files/input-file.ts'
import { Button } from '../../../components/button.tsx'
import { Field } from '../../../components/field.tsx'
import { ActingAs } from '../../../frame/acting-as.tsx'
import { keepSettings } from '../../../session/settings.ts'
import { setWorkspace, useWorkspace } from '../../../session/state.ts'
import { addInputFile, placeZone } from '../acts/input-files.ts'
import styles from './input-editor.module.css'
import { InputGrid } from './input-grid.tsx'
import { acted, begun } from './input-history.ts'
import { columnsOf, emptyTable, tableJudge, tableOf, textOf } from './input-table.ts'
import { givesUp, useLeaveQuestion } from './use-leave-question.ts'

/** Text as it was when it was shown, and as it is written now. */
interface Draft {
  readonly from: string
  readonly text: string
}

/** @param text of the file when editing begins; empty where there is none */
export function InputEditor(props: {
  readonly kind: InputKind
  readonly text: string
  readonly line: number | null
  readonly onDone: () => void
}) {
  const { kind, line, onDone } = props
  const file: InputFile = inputFiles[kind]
  const [opened] = useState(() => {
    const table = tableOf(file, props.text)
    return typeof table === 'string' ? { table: emptyTable(file), trouble: table } : { table, trouble: null }
  })
  const [start] = useState(() => (line === null ? 0 : Math.max(0, placeOfLine(props.text, line))))
  const [history, dispatch] = useReducer(acted, opened.table, begun)
  const [draft, setDraft] = useState<Draft | null>(opened.trouble === null ? null : { from: props.text, text: props.text })
  const [trouble, setTrouble] = useState(opened.trouble)
  const person = useWorkspace((w) => w.person)
  const [by, setBy] = useState('')
  const [reason, setReason] = useState('')
  const { now } = history
  const columns = useMemo(() => columnsOf(file, now.head), [file, now.head])
  const judge = useMemo(() => tableJudge(file, columns), [file, columns])
  const problems = useMemo(() => judge(now.rows), [judge, now.rows])
  const wrong = [...problems.values()].reduce((sum, { size }) => sum + size, 0)
  const unsaved = now !== opened.table || (draft !== null && draft.text !== draft.from)
  useLeaveQuestion(unsaved, file.title, (hash) => {
    const [path, search] = hash.split('?')
    return path === '#/readiness/inputs' && new URLSearchParams(search).get('kind') === kind
  })

  const showText = (): void => {
    const from = textOf(file, now)
    if (draft === null) setDraft({ from, text: from })
  }
  const showTable = (): void => {
    if (draft === null) return
    const table = tableOf(file, draft.text)
    setTrouble(typeof table === 'string' ? table : null)
    if (typeof table === 'string') return
    if (draft.text !== draft.from) dispatch({ do: 'replace', table })
    setDraft(null)
  }
  const save = async (): Promise<void> => {
    if (draft === null && wrong > 0) {
      setTrouble(`Not saved: ${counted(wrong, 'cell')} to mend, listed above. Mend them or remove their rows.`)
      return
    }
    if (person === null && by.trim() !== '') {
      setWorkspace({ person: { name: by.trim(), role: '' } })
      await keepSettings()
    }
    const problem = await addInputFile(kind, draft?.text ?? textOf(file, now), false, null, placeZone(), reason)
    setTrouble(problem)
    setWorkspace({ problem: null })
    if (problem === null) onDone()
  }
  const cancel = async (): Promise<void> => {
    if (!unsaved || (await givesUp(file.title))) onDone()
  }
  return (
    <div className={`around ${styles.editor}`}>
      <Tabs
        className={styles.panel ?? ''}
        selectedKey={draft === null ? 'table' : 'text'}
        onSelectionChange={(tab) => (tab === 'text' ? showText() : showTable())}
      >
        <TabList aria-label="How the file is edited" className={`tabs`}>
          <Tab id="table" className={`tab`}>
            Table
          </Tab>
          <Tab id="text" className={`tab`}>
            As text (CSV)
          </Tab>
        </TabList>
        <TabPanel id="table" className={styles.panel ?? ''}>
          <InputGrid
            title={file.title}
            history={history}
            columns={columns}
            problems={problems}
            start={start}
            dispatch={(act) => {
              setTrouble(null)
              dispatch(act)
            }}
          />
        </TabPanel>
        <TabPanel id="text" className={`${styles.panel} ${styles.asText}`}>
          <Field
            label="One line per record, commas between cells"
            hint="What can not be read is listed on this page once it is saved."
            value={draft?.text ?? ''}
            onChange={(text) => {
              setTrouble(null)
              setDraft((from) => from && { ...from, text })
            }}
            lines={12}
          />
        </TabPanel>
      </Tabs>
      {trouble !== null && (
        <p role="alert" className="strong is-error">
          {trouble}
        </p>
      )}
      <div className={styles.foot}>
        {person === null ? (
          <Field label="Your name" value={by} onChange={setBy} autoComplete="off" />
        ) : (
          <ActingAs words="Typed as" after=": it is claimed until its origin is signed." />
        )}
        <Field label="Reason" value={reason} onChange={setReason} />
        <Button onPress={() => void cancel()}>Cancel</Button>
        <Button look="primary" onPress={() => void save()}>
          Save
        </Button>
      </div>
    </div>
  )
}
