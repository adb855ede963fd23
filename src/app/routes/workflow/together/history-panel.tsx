/** The history of a map: who changed what, named versions to compare and to bring back; a map becomes a shared one here. */
import { useDeferredValue, useMemo, useState } from 'react'
import { counted } from '../../../../core/counted.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import { readLog, type VersionLine } from '../../../../core/workflow/together/edit-log.ts'
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
import { type Chapter, chaptersOf, stateAt } from './shared-history.ts'
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

function SharedHistory({ workflow, readOnly, onSaid, bytes }: PanelProps & { readonly bytes: Uint8Array }) {
  const settled = useDeferredValue(bytes)
  const log = useMemo(() => readLog(settled), [settled])
  const chapters = useMemo(() => (log ? chaptersOf(workflow.id, log) : []), [workflow.id, log])
  const people = usePeople()
  const [naming, setNaming] = useState<VersionLine | 'new' | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const [compared, setCompared] = useState<VersionLine | null>(null)
  if (log === null) return <p>The log of this map can not be read. The map itself stays as it is.</p>
  const keepName = async (name: string): Promise<void> => {
    const done =
      naming === 'new' || naming === null
        ? await nameVersion(workflow.id, name)
        : await renameSharedVersion(workflow.id, naming, name)
    if (!done) return
    setNaming(null)
    onSaid(naming === 'new' ? `This state is called “${name}”` : `Renamed to “${name}”`)
  }
  const restore = async (version: VersionLine): Promise<void> => {
    const then = stateAt(workflow.id, log, version)
    const count = differences(workflow, then).length
    if (count === 0) {
      onSaid(`The maps are as in “${version.name}”.`)
      return
    }
    const answer = await ask({
      title: `Bring back “${version.name}”?`,
      text: `${counted(count, 'thing')} on the maps will change for all who share them. Undo takes it back.`,
      choices: [
        { value: 'no', label: 'Cancel' },
        { value: 'yes', label: 'Bring it back' },
      ],
    })
    if (answer === 'yes' && editWorkflow(workflow.id, restoring(workflow, then))?.refused === null)
      onSaid(`Brought back “${version.name}”; undo takes it back`)
  }
  return (
    <>
      <div className="spread">
        <span className="muted caption">{counted(log.edits.length, 'change')} since it was shared</span>
        {!readOnly && (
          <Button aria-expanded={naming === 'new'} onPress={() => setNaming(naming === 'new' ? null : 'new')}>
            Name this version
          </Button>
        )}
      </div>
      {naming !== null && (
        <NameForm
          key={naming === 'new' ? '' : naming.id}
          name={naming === 'new' ? '' : naming.name}
          onName={keepName}
          onCancel={() => setNaming(null)}
        />
      )}
      <ol className={`stack-tight ${styles.chapters}`} aria-label="Versions, the newest first">
        {chapters.map((chapter) => {
          const { version } = chapter
          const isChosen = version !== null && chosen === version.id
          return (
            <li key={version?.id ?? ''} className={styles.chapter} data-chosen={isChosen || undefined}>
              <ChapterHead
                chapter={chapter}
                people={people}
                isChosen={isChosen}
                onChoose={() => setChosen(isChosen ? null : (version?.id ?? null))}
              />
              <Changes changes={chapter.changes} people={people} />
              {version && isChosen && (
                <div className="row-start">
                  <Button onPress={() => setCompared(version)} aria-label={`Compare ${version.name} with the maps now`}>
                    Compare
                  </Button>
                  {!readOnly && (
                    <>
                      <Button onPress={() => void restore(version)} aria-label={`Restore ${version.name}…`}>
                        Restore…
                      </Button>
                      <Button onPress={() => setNaming(version)} aria-label={`Rename ${version.name}`}>
                        Rename
                      </Button>
                    </>
                  )}
                </div>
              )}
            </li>
          )
        })}
        <li className={styles.chapter}>
          <b>Shared</b>
          <span className="muted caption">
            {log.begin.follows ? 'A fresh document; the one before is kept for 90 days' : 'The map as it was then'}
          </span>
        </li>
      </ol>
      {compared && (
        <Dialog title={`“${compared.name}” and now`} open wide onClose={() => setCompared(null)}>
          <Compared name={compared.name} then={stateAt(workflow.id, log, compared)} now={workflow} />
          <DialogActions>
            <Button onPress={() => setCompared(null)}>Close</Button>
          </DialogActions>
        </Dialog>
      )}
    </>
  )
}

function ChapterHead({
  chapter: { version, changes },
  people,
  isChosen,
  onChoose,
}: {
  readonly chapter: Chapter
  readonly people: People
  readonly isChosen: boolean
  readonly onChoose: () => void
}) {
  const by = version?.by ?? changes[0]?.edit.by ?? people.me
  return (
    <div className="spread">
      <span className="line">
        <PersonMark name={people.nameOf(by)} colour={people.colourOf(by)} />
        {version ? (
          <button type="button" className={styles.version} aria-expanded={isChosen} onClick={onChoose}>
            {version.name}
          </button>
        ) : (
          <b>Working copy</b>
        )}
      </span>
      <span className="muted caption nowrap">{version ? formatMoment(version.at) : 'now'}</span>
    </div>
  )
}

/** Changes that are shown at once; the others are one press away. */
const fewChanges = 3

function Changes({ changes, people }: { readonly changes: readonly MadeChange[]; readonly people: People }) {
  const [all, setAll] = useState(false)
  if (changes.length === 0) return <p className="muted caption">Nothing has changed.</p>
  const lines = changes.map(({ edit, differences: found, then, now }) => {
    const [first] = found
    const more = found.length > 1 ? `, and ${found.length - 1} more` : ''
    return {
      key: `${edit.device} ${edit.from}`,
      at: formatMoment(edit.at),
      words: `${people.nameOf(edit.by)}: ${first ? differenceWords(first, then, now) : ''}${more}`,
    }
  })
  const shown = all ? lines : lines.slice(0, fewChanges)
  return (
    <>
      <ul className={`caption ${styles.changes}`}>
        {shown.map(({ key, at, words }) => (
          <li key={key} title={at}>
            {words}
          </li>
        ))}
      </ul>
      {lines.length > fewChanges && (
        <button type="button" className={`caption ${styles.more}`} aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `All ${lines.length} changes, one by one`}
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
