/** The history of a map: who changed what and when, any moment of it to compare and to bring back; a map becomes a shared one here. */
import { type ReactNode, useDeferredValue, useMemo, useState } from 'react'
import { counted } from '../../../../core/counted.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import { type EditLog, readLog, type VersionLine } from '../../../../core/workflow/together/edit-log.ts'
import { differences, type MadeChange, restoring } from '../../../../core/workflow/together/history.ts'
import { editLogPath } from '../../../../core/workflow/together/log-path.ts'
import { type People, usePeople } from '../../../comments/people.ts'
import { PersonMark } from '../../../comments/person-mark.tsx'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { formatMoment } from '../../../components/format.ts'
import { Inspector } from '../../../frame/inspector.tsx'
import { ask } from '../../../session/question.ts'
import { useWorkspace } from '../../../session/state.ts'
import { nameVersion, renameSharedVersion, shareMap } from '../acts/shared-drawing.ts'
import { editWorkflow } from '../acts/workflows.ts'
import { Compared } from '../exchange/compared.tsx'
import { TextArea } from '../fields/text-area.tsx'
import { differenceWords } from './change-words.ts'
import { beginning, type Chapter, chaptersOf, type Moment, momentOf, stateAt } from './shared-history.ts'
import styles from './together.module.css'

interface PanelProps {
  readonly workflow: Workflow
  readonly readOnly: boolean
  readonly onSaid: (said: string) => void
  readonly onClose: () => void
}

export function HistoryPanel(props: PanelProps) {
  const bytes = useWorkspace((w) => w.project?.other.get(editLogPath(props.workflow.id)))
  return (
    <Inspector title="History" floats="right" onClose={props.onClose}>
      {bytes ? <SharedHistory {...props} bytes={bytes} /> : <NotShared {...props} />}
    </Inspector>
  )
}

function NotShared({ workflow, readOnly, onSaid }: PanelProps) {
  const share = async (): Promise<void> => {
    if (await shareMap(workflow.id)) onSaid('This map is shared: give the project to a colleague, and merge what comes back.')
  }
  return (
    <>
      <p>
        This map is drawn by one person. Its versions are under <b>Map</b>, <b>Versions…</b>, in this browser alone.
      </p>
      <p>
        Share it before you give the project to a colleague. Then both may go on drawing, and merging the two project files joins
        what both drew. Each change is kept with who made it, so the file grows by some 150 bytes per change.
      </p>
      <p>
        <Button look="primary" isDisabled={readOnly} onPress={() => void share()}>
          Share this map
        </Button>
      </p>
    </>
  )
}

/** A moment of the history that somebody chose, with how it is called. */
interface Chosen {
  readonly key: string
  readonly name: string
  readonly moment: Moment
  /** Null for a moment that nobody named. */
  readonly version: VersionLine | null
}

/** Changes that are read one by one at first; earlier ones are a press away. */
const fewRead = 200

function SharedHistory({ workflow, readOnly, onSaid, bytes }: PanelProps & { readonly bytes: Uint8Array }) {
  const settled = useDeferredValue(bytes)
  const log = useMemo(() => readLog(settled), [settled])
  const [most, setMost] = useState(fewRead)
  const chapters = useMemo(() => (log ? chaptersOf(workflow.id, log, most) : []), [workflow.id, log, most])
  const people = usePeople()
  const [naming, setNaming] = useState<Chosen | 'now' | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const [compared, setCompared] = useState<Chosen | null>(null)
  if (log === null) return <p>The log of this map can not be read. The map itself stays as it is.</p>
  const keepName = async (name: string): Promise<void> => {
    const old = naming === 'now' || naming === null ? null : naming
    const done = old?.version
      ? await renameSharedVersion(workflow.id, old.version, name)
      : await nameVersion(workflow.id, name, old?.moment ?? null)
    if (!done) return
    setNaming(null)
    onSaid(old?.version ? `Renamed to “${name}”` : `${old ? 'That' : 'This'} state is called “${name}”`)
  }
  const restore = async ({ name, moment }: Chosen): Promise<void> => {
    const then = stateAt(workflow.id, log, moment)
    const count = differences(workflow, then).length
    if (count === 0) {
      onSaid(`The maps are as in “${name}”.`)
      return
    }
    const answer = await ask({
      title: `Bring back “${name}”?`,
      text: `${counted(count, 'thing')} on the maps will change for all who share them. Undo takes it back.`,
      choices: [
        { value: 'no', label: 'Cancel' },
        { value: 'yes', label: 'Bring it back' },
      ],
    })
    if (answer === 'yes' && editWorkflow(workflow.id, restoring(workflow, then))?.refused === null)
      onSaid(`Brought back “${name}”; undo takes it back`)
  }
  const choices: Choices = {
    chosen,
    choose: (key) => setChosen(chosen === key ? null : key),
    acts: (each) => (
      <div className="row-start">
        <Button onPress={() => setCompared(each)} aria-label={`Compare ${each.name} with the maps now`}>
          Compare
        </Button>
        {!readOnly && (
          <>
            <Button onPress={() => void restore(each)} aria-label={`Restore ${each.name}…`}>
              Restore…
            </Button>
            <Button onPress={() => setNaming(each)} aria-label={`${each.version ? 'Rename' : 'Name'} ${each.name}`}>
              {each.version ? 'Rename' : 'Name'}
            </Button>
          </>
        )}
      </div>
    ),
  }
  const first: Chosen = { key: 'beginning', name: 'As it was shared', moment: beginning, version: null }
  return (
    <>
      <div className="spread">
        <span className="muted caption">{counted(log.edits.length, 'change')} since it was shared</span>
        {!readOnly && (
          <Button aria-expanded={naming === 'now'} onPress={() => setNaming(naming === 'now' ? null : 'now')}>
            Name this version
          </Button>
        )}
      </div>
      {naming !== null && (
        <NameForm
          key={naming === 'now' ? '' : naming.key}
          name={naming === 'now' ? '' : (naming.version?.name ?? '')}
          onName={keepName}
          onCancel={() => setNaming(null)}
        />
      )}
      <ol className={`stack-tight ${styles.chapters}`} aria-label="Versions, the newest first">
        {chapters.map((chapter) => (
          <OneChapter key={chapter.version?.id ?? ''} chapter={chapter} log={log} people={people} choices={choices} />
        ))}
        {log.edits.length > most && (
          <li className={styles.chapter}>
            <button type="button" className={`caption ${styles.more}`} onClick={() => setMost(most + fewRead)}>
              Earlier changes
            </button>
          </li>
        )}
        <li className={styles.chapter} data-chosen={chosen === first.key || undefined}>
          <button
            type="button"
            className={styles.version}
            aria-expanded={chosen === first.key}
            onClick={() => choices.choose(first.key)}
          >
            Shared
          </button>
          <span className="muted caption">
            {log.begin.follows ? 'A fresh document; the one before is kept for 90 days' : 'The map as it was then'}
          </span>
          {chosen === first.key && choices.acts(first)}
        </li>
      </ol>
      {compared && (
        <Dialog title={`“${compared.name}” and now`} open wide onClose={() => setCompared(null)}>
          <Compared name={compared.name} then={stateAt(workflow.id, log, compared.moment)} now={workflow} />
          <DialogActions>
            <Button onPress={() => setCompared(null)}>Close</Button>
          </DialogActions>
        </Dialog>
      )}
    </>
  )
}

/** What may be done with the moment that is chosen. */
interface Choices {
  readonly chosen: string | null
  readonly choose: (key: string) => void
  readonly acts: (chosen: Chosen) => ReactNode
}

interface ChapterProps {
  readonly chapter: Chapter
  readonly log: EditLog
  readonly people: People
  readonly choices: Choices
}

function OneChapter({ chapter: { version, changes }, log, people, choices }: ChapterProps) {
  const by = version?.by ?? changes[0]?.edit.by ?? people.me
  const isChosen = version !== null && choices.chosen === version.id
  return (
    <li className={styles.chapter} data-chosen={isChosen || undefined}>
      <div className="spread">
        <span className="line">
          <PersonMark name={people.nameOf(by)} colour={people.colourOf(by)} />
          {version ? (
            <button type="button" className={styles.version} aria-expanded={isChosen} onClick={() => choices.choose(version.id)}>
              {version.name}
            </button>
          ) : (
            <b>Working copy</b>
          )}
        </span>
        <span className="muted caption nowrap">{version ? formatMoment(version.at) : 'now'}</span>
      </div>
      <Changes changes={changes} log={log} people={people} choices={choices} />
      {version && isChosen && choices.acts({ key: version.id, name: version.name, moment: version.upto, version })}
    </li>
  )
}

/** Changes that are shown at once; the others are one press away. */
const fewChanges = 3

function Changes({
  changes,
  log,
  people,
  choices,
}: Pick<ChapterProps, 'log' | 'people' | 'choices'> & { readonly changes: readonly MadeChange[] }) {
  const [all, setAll] = useState(false)
  if (changes.length === 0) return <p className="muted caption">Nothing has changed.</p>
  const shown = all ? changes : changes.slice(0, fewChanges)
  return (
    <>
      <ul className={`caption ${styles.changes}`}>
        {shown.map(({ edit, differences: found, then, now }) => {
          const key = `${edit.device} ${edit.from}`
          const [first] = found
          const more = found.length > 1 ? `, and ${found.length - 1} more` : ''
          const isChosen = choices.chosen === key
          const at = formatMoment(edit.at)
          return (
            <li key={key} data-chosen={isChosen || undefined}>
              <button type="button" className={styles.change} aria-expanded={isChosen} onClick={() => choices.choose(key)}>
                {`${people.nameOf(edit.by)}: ${first ? differenceWords(first, then, now) : ''}${more}`}{' '}
                <span className="nowrap">{at}</span>
              </button>
              {isChosen && choices.acts({ key, name: at, moment: momentOf(log, edit), version: null })}
            </li>
          )
        })}
      </ul>
      {changes.length > fewChanges && (
        <button type="button" className={`caption ${styles.more}`} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `All ${changes.length} changes, one by one`}
        </button>
      )}
    </>
  )
}

function NameForm({
  name,
  onName,
  onCancel,
}: {
  readonly name: string
  readonly onName: (name: string) => Promise<void>
  readonly onCancel: () => void
}) {
  const [text, setText] = useState(name)
  return (
    <form
      className="stack-tight"
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') void onName(text.trim())
      }}
    >
      <TextArea label="Name of this version" value={text} onChange={setText} lines={1} autoFocus />
      <div className="row-start">
        <Button type="submit" isDisabled={text.trim() === ''}>
          {name === '' ? 'Keep the name' : 'Rename'}
        </Button>
        <Button look="quiet" onPress={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
