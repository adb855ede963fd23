/** What the server signed for, who cosigns it, and the checkpoint as a file that is checked offline. */
import { useEffect, useState } from 'react'
import { record } from '../../core/project/acts/hand.ts'
import { witnessIn, witnessNamed } from '../../core/project/ledger/witness.ts'
import { readWitnessKey } from '../../core/team/signed-note.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { Button } from '../components/button.tsx'
import { Note } from '../components/panel.tsx'
import { act } from '../session/act.ts'
import { useWorkspace } from '../session/state.ts'
import { download } from '../window/download.ts'
import { ask } from './ask-server.ts'
import { useTeam } from './team-state.ts'

export function CheckpointPart({ project, mayAdminister }: { readonly project: string; readonly mayAdminister: boolean }) {
  const proven = useTeam((team) => team.proven)
  const ledger = useWorkspace((w) => w.project?.ledger)
  const [witness, setWitness] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const at = `/team/${encodeURIComponent(project)}`
  useEffect(() => {
    void ask('GET', `${at}/note`).then((answer) => {
      if (answer.ok) setWitness(typeof answer.value.witness === 'string' ? answer.value.witness : null)
    })
  }, [at])
  const demanded = witnessIn(ledger ?? [])
  const demand = async (key: string): Promise<void> => {
    setProblem(
      await act((open, hand) => ({
        ok: true,
        project: record(open, [{ action: witnessNamed, object: key, digest: null }], hand),
      })),
    )
  }
  const save = async (): Promise<void> => {
    try {
      const answer = await fetch(`${at}/checkpoint${demanded === null ? '' : '?witnessed=yes'}`)
      if (!answer.ok) throw new Error(`The server gave no checkpoint (${answer.status}). Try again in a minute.`)
      download('checkpoint.json', new Uint8Array(await answer.arrayBuffer()), 'application/json')
      setProblem(null)
    } catch (error) {
      setProblem(errorWords(error))
    }
  }
  const nameOf = (key: string): string => readWitnessKey(key)?.name ?? key
  return (
    <>
      <p className="caption muted">
        {proven === null
          ? 'The server has not signed for its ledger in this visit yet.'
          : `The server signed for ${proven} entries. This browser checked that they go on from what it saw before.`}
        {witness !== null && ` The witness ${nameOf(witness)} signs with it.`}
        {demanded !== null && ` A checkpoint counts only with the signature of ${nameOf(demanded)}.`}
      </p>
      {problem !== null && <Note mark="error">{problem}</Note>}
      <div className="row-start">
        <Button onPress={() => void save()}>Save the checkpoint</Button>
        {mayAdminister && witness !== null && witness !== demanded && (
          <Button onPress={() => void demand(witness)}>Demand this witness</Button>
        )}
        {mayAdminister && demanded !== null && (
          <Button look="quiet" onPress={() => void demand('')}>
            Demand no witness
          </Button>
        )}
      </div>
    </>
  )
}
