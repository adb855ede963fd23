/** The private part on the Team page: with whom it is shared, how to share it, to stop, and to open it with the printed key. */
import { useState } from 'react'
import { counted } from '../../../core/counted.ts'
import { whyNotAllowed } from '../../../core/project/duties/roles.ts'
import type { LedgerEntry } from '../../../core/project/ledger/ledger.ts'
import { isSharedKind, kindNames, kindWords } from '../../../core/project/sharing/shared-kinds.ts'
import { privateShared, type Sharing } from '../../../core/project/sharing/sharing.ts'
import { dayText } from '../../../core/values/day.ts'
import { errorWords } from '../../../core/values/error-words.ts'
import { Button } from '../../components/button.tsx'
import { Note } from '../../components/panel.tsx'
import { hand } from '../../session/ledger.ts'
import { type PrivateState, usePrivate } from '../../session/private-sharing.ts'
import { useWorkspace } from '../../session/state.ts'
import { NewPaperDialog } from './new-paper-dialog.tsx'
import { stopSharing } from './open-private.ts'
import { PaperDialog } from './paper-dialog.tsx'
import { ShareDialog } from './share-dialog.tsx'

export function PrivatePanel({ nameOf }: { readonly nameOf: (actor: string) => string }) {
  const state = usePrivate((each) => each.state)
  const readOnly = useWorkspace((w) => w.project?.readOnly !== null)
  const ledger = useWorkspace((w) => w.project?.ledger)
  const [dialog, setDialog] = useState<'share' | 'paper' | 'new-paper' | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  if (!state) return null
  const { sharing } = state
  const isOn = sharing?.isOn === true
  const overtaken = state.judged?.overtaken.get(hand().actor)
  const lacks = state.judged === null ? null : whyNot(state)
  const isOwner = whyNotAllowed(ledger ?? [], hand(), privateShared) === null
  return (
    <section className="stack" aria-labelledby="private-part">
      <h2 id="private-part">Private part</h2>
      {(problem ?? state.problem) !== null && <Note mark="error">{problem ?? state.problem}</Note>}
      {overtaken && <Note mark="warning">{overtakenWords(overtaken)}</Note>}
      {sharing && isOn ? (
        <Shared sharing={sharing} nameOf={nameOf} />
      ) : (
        <p>
          {sharing
            ? `${nameOf(sharing.by)} stopped sharing on ${dayText(sharing.at)}. Nothing more is sent. What was sealed stays on the server, sealed.`
            : 'It stays in the browser of each person: comments, names, salt and texts. Nobody shared it.'}
        </p>
      )}
      {isOn && <p className="muted">{standingWords(state)}</p>}
      {lacks !== null && <p className="muted">{lacks}</p>}
      {lacks === null && !isOwner && (
        <p className="muted">Only an owner shares it or stops sharing. An administrator grants that role under Members.</p>
      )}
      {!readOnly && (
        <div className="row-start">
          <Button look={isOn ? 'plain' : 'primary'} isDisabled={lacks !== null || !isOwner} onPress={() => setDialog('share')}>
            {isOn ? 'Change who shares it…' : 'Share sealed…'}
          </Button>
          {isOn && (
            <Button
              look="quiet"
              isDisabled={!isOwner}
              onPress={() => void stopSharing().then(setProblem, (error: unknown) => setProblem(errorWords(error)))}
            >
              Stop sharing
            </Button>
          )}
          {isOn && state.hasKey && (
            <Button look="quiet" isDisabled={!isOwner} onPress={() => setDialog('new-paper')}>
              New recovery key…
            </Button>
          )}
          {sharing && (!state.hasKey || state.closed > 0) && (
            <Button look="quiet" onPress={() => setDialog('paper')}>
              Open with the recovery key…
            </Button>
          )}
        </div>
      )}
      {dialog === 'share' && <ShareDialog state={state} nameOf={nameOf} onClose={() => setDialog(null)} />}
      {dialog === 'new-paper' && <NewPaperDialog onClose={() => setDialog(null)} />}
      {dialog === 'paper' && <PaperDialog onClose={() => setDialog(null)} />}
    </section>
  )
}

function overtakenWords({ action, time }: LedgerEntry): string {
  const act = action === privateShared ? 'shared' : 'stopped'
  return `What you ${act} on ${dayText(time.wall)} does not count: another owner decided first. Look at who shares it now, then decide again.`
}

/** What is missing before anybody can share, with what to do; null where nothing is. */
function whyNot({ judged }: PrivateState): string | null {
  if (judged && judged.possible.length > 0) return null
  return 'Sharing needs granted roles: a sealed key goes to devices that a signed grant names. An administrator grants them under Settings, Roles.'
}

function standingWords({ hasKey, waiting, closed }: PrivateState): string {
  if (!hasKey) return 'This browser has no key yet. It comes as soon as somebody who has it is here.'
  const parts = [
    waiting > 0 ? `${counted(waiting, 'line')} still to be sealed and sent` : 'All of it is sealed on the server',
    closed > 0 ? `${counted(closed, 'item')} from before can not be opened here` : '',
  ]
  return `${parts.filter((each) => each !== '').join('; ')}.`
}

function Shared({ sharing, nameOf }: { readonly sharing: Sharing; readonly nameOf: (actor: string) => string }) {
  const { page, by, at } = sharing
  const people = [...new Set(page.recipients.map(({ actor }) => actor))]
  return (
    <>
      <p>
        Shared sealed since {dayText(at)} by {nameOf(by)}, with {people.map(nameOf).join(', ')}
        {page.recipients.length > people.length && ` on ${page.recipients.length} devices`}. Key number {page.epoch}.
      </p>
      <ul>
        {kindNames
          .filter((kind) => page.kinds.filter(isSharedKind).includes(kind))
          .map((kind) => (
            <li key={kind}>{kindWords[kind]}</li>
          ))}
      </ul>
    </>
  )
}
