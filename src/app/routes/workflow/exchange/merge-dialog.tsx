/** A colleague's state of this map beside the own one: what joins by itself is listed, every conflict is asked for, and one change does it. */
import { useEffect, useMemo, useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import { counted } from '../../../../core/counted.ts'
import { dayText } from '../../../../core/values/day.ts'
import { type MergeConflict, mergeWorkflows, nameOfRecord } from '../../../../core/workflow/edit/merge.ts'
import { sides, type Workflow } from '../../../../core/workflow/map/workflow.ts'
import { Button } from '../../../components/button.tsx'
import { Choice } from '../../../components/choice.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { Note } from '../../../components/panel.tsx'
import { Select } from '../../../components/select.tsx'
import { joinOther, type OtherState, otherStateIn } from '../acts/map-merges.ts'
import { bringVersions, useVersions, workflowOf } from '../acts/map-versions.ts'
import { differs, MapPicture } from './map-picture.tsx'
import styles from './merge-dialog.module.css'
import { factText, memberName } from './merge-words.ts'

export interface MergeDialogProps {
  readonly workflow: Workflow
  /** Already at hand, as after a merged project; otherwise a file is asked for. */
  readonly other: OtherState | null
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

export function MergeDialog({ workflow, other, onDone, onClose }: MergeDialogProps) {
  const [given, setGiven] = useState<OtherState | string | null>(other)
  const take = (file: File | undefined): void => {
    if (file) void otherStateIn(file, workflow).then(setGiven)
  }
  return (
    <Dialog title="Join a colleague's map" open wide onClose={onClose}>
      {other === null && (
        <p>
          <FileTrigger acceptedFileTypes={['.carryover', '.zip', '.json']} onSelect={(list) => take(list?.[0])}>
            <Button look={given === null ? 'primary' : 'plain'} autoFocus>
              {given === null ? 'Choose a file…' : 'Choose another file…'}
            </Button>
          </FileTrigger>
        </p>
      )}
      {given === null && <p className="muted">A project file, or one map of it: current.json or future.json.</p>}
      {typeof given === 'string' && <Note mark="error">{given}</Note>}
      {given !== null && typeof given !== 'string' ? (
        <Questions workflow={workflow} other={given} onDone={onDone} onClose={onClose} />
      ) : (
        <DialogActions>
          <Button onPress={onClose}>Cancel</Button>
        </DialogActions>
      )}
    </Dialog>
  )
}

type Answer = 'mine' | 'theirs' | ''

function Questions({ workflow, other, onDone, onClose }: MergeDialogProps & { readonly other: OtherState }) {
  const { theirs, from } = other
  const versions = useVersions(workflow.id)
  useEffect(() => void bringVersions(), [])
  const [origin, setOrigin] = useState('')
  const base = useMemo(() => {
    const version = versions.find(({ key }) => key === origin)
    return version ? workflowOf(version) : null
  }, [versions, origin])
  const merge = useMemo(() => mergeWorkflows(workflow, theirs, base), [workflow, theirs, base])
  const [answers, setAnswers] = useState<ReadonlyMap<string, Answer>>(new Map())
  const { conflicts, joined } = merge
  const open = conflicts.filter(({ key }) => !answers.get(key)).length
  const names = (place: Pick<MergeConflict, 'at' | 'side' | 'id'>): string => nameOfRecord(place, [workflow, theirs])
  const join = (): void => {
    const taken = new Set(conflicts.flatMap(({ key }) => (answers.get(key) === 'theirs' ? [key] : [])))
    if (joinOther(workflow.id, other, taken, base)) onDone(`Joined ${from}; undo takes it back`)
    onClose()
  }
  if (conflicts.length + joined.length === 0)
    return (
      <>
        <p>{from} says nothing about this map that is not here already.</p>
        <DialogActions>
          <Button look="primary" onPress={onClose}>
            Close
          </Button>
        </DialogActions>
      </>
    )
  return (
    <>
      {sides
        .filter((side) => differs(workflow[side], theirs[side]))
        .map((side) => (
          <section key={side} className="around tiles" aria-label={side === 'current' ? 'Current map' : 'Future map'}>
            <MapPicture graph={workflow[side]} name={`${side === 'current' ? 'Current' : 'Future'} map here`} />
            <MapPicture graph={theirs[side]} name={`${side === 'current' ? 'Current' : 'Future'} map in ${from}`} />
          </section>
        ))}
      {joined.length > 0 && (
        <details>
          <summary>{counted(joined.length, 'change joins', 'changes join')} without a question</summary>
          <ul className={`scroll bullets around ${styles.list}`}>
            {joined.map((place) => (
              <li key={`${place.at} ${place.side} ${place.id}`}>
                {names(place)}
                {place.side && <span className="muted"> ({place.side} map)</span>}
              </li>
            ))}
          </ul>
        </details>
      )}
      {conflicts.length > 0 && (
        <section aria-label="Conflicts" className="stack-wide around-wide">
          <h3>{counted(conflicts.length, 'fact differs', 'facts differ')}: which is right?</h3>
          {conflicts.map((conflict) => (
            <Choice
              key={conflict.key}
              label={`${names(conflict)}${conflict.side ? `, ${conflict.side} map` : ''}${conflict.member === null ? '' : `: ${memberName(conflict.member)}`}`}
              value={answers.get(conflict.key) ?? ''}
              choices={[
                ['mine', `Here: ${factText(conflict, conflict.mine, workflow)}`],
                ['theirs', `In the file: ${factText(conflict, conflict.theirs, theirs)}`],
              ]}
              onChange={(answer: Answer) => setAnswers(new Map(answers).set(conflict.key, answer))}
            />
          ))}
        </section>
      )}
      {versions.length > 0 && (
        <Select
          label="Both come from this version"
          value={origin}
          choices={[['', 'Not known'], ...versions.map(({ key, name, at }) => [key, `${name}, ${dayText(at)}`] as const)]}
          onChange={(key) => {
            setOrigin(key)
            setAnswers(new Map())
          }}
        />
      )}
      <p className="muted caption">
        {base === null
          ? 'What stands on one map only stays or comes in: without an earlier state of both, nobody can tell what was removed.'
          : 'What was removed from one of both since that version goes; what only one of both changed is taken from there.'}
        {versions.length === 0 && ' A version that is named before a map is given away can be that state: Map, Versions…'}
      </p>
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
        <Button look="primary" isDisabled={open > 0} onPress={join}>
          {open > 0 ? `Answer ${counted(open, 'question')} first` : 'Join both'}
        </Button>
      </DialogActions>
    </>
  )
}
