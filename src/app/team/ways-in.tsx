/** Ways in: a passkey that this device keeps, the hospital's own sign-in, and the link that somebody was sent. */
import { startAuthentication, startRegistration } from '@simplewebauthn/browser'
import { useState } from 'react'
import { errorWords } from '../../core/values/error-words.ts'
import { isMembers } from '../../core/values/json.ts'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { Note } from '../components/panel.tsx'
import { navigate } from '../window/hash-location.ts'
import { leaveFor } from '../window/leave.ts'
import { type Account, type Answer, ask } from './ask-server.ts'
import { openFromServer } from './projects.ts'
import { readAccount, tryNow } from './team.ts'

type CreationOptions = Parameters<typeof startRegistration>[0]['optionsJSON']
type RequestOptions = Parameters<typeof startAuthentication>[0]['optionsJSON']

/** @param link of an invite, where somebody came with one */
export function WaysIn({ account, link }: { readonly account: Account; readonly link: string | null }) {
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<string | null>(refusalWords())
  const [busy, setBusy] = useState(false)
  const run = (work: () => Promise<string | null>) => async (): Promise<void> => {
    setBusy(true)
    setProblem(await work().catch(deviceWords))
    setBusy(false)
  }
  return (
    <section className="stack">
      <p className="muted">
        {link === null
          ? 'No password is kept anywhere: your device proves who you are with a passkey.'
          : 'Somebody invited you. Say who you are; your device then makes a passkey, which is your way in from now on.'}
      </p>
      {problem !== null && <Note mark="error">{problem}</Note>}
      {link !== null && (
        <>
          <Field
            label="Your full name"
            hint="The ledger and your colleagues know you by it."
            value={name}
            onChange={setName}
            autoComplete="off"
          />
          <div className="row-start">
            <Button look="primary" isDisabled={busy || name.trim() === ''} onPress={run(() => join(link, name))}>
              Make a passkey and join
            </Button>
          </div>
        </>
      )}
      <div className="row-start">
        <Button look={link === null ? 'primary' : 'plain'} isDisabled={busy} onPress={run(() => signIn(link))}>
          {link === null ? 'Sign in with a passkey' : 'I have a passkey here already'}
        </Button>
        {account.provider !== null && (
          <Button isDisabled={busy} onPress={run(() => goToProvider(link))}>
            Sign in with {account.provider}
          </Button>
        )}
      </div>
    </section>
  )
}

function deviceWords(error: unknown): string {
  return error instanceof Error && error.name === 'NotAllowedError'
    ? 'Your device gave no passkey: it was cancelled, or it took too long. Try again.'
    : errorWords(error)
}

/** Why the hospital's sign-in sent somebody back. */
function refusalWords(): string | null {
  const code = new URLSearchParams(location.hash.split('?')[1] ?? '').get('refused')
  if (code === null) return null
  const words: Readonly<Record<string, string>> = {
    'no-sign-in': 'This sign-in is over or was begun elsewhere. Begin again.',
    provider: "The hospital's sign-in was refused. Try again, or ask who runs this server.",
    taken: 'This identity belongs to somebody else here.',
    'no-invite': 'You are not known here yet. Ask for an invite, and open its link first.',
  }
  return words[code] ?? 'You were not signed in. Try again.'
}

/** WebAuthn options are the browser's business: they are handed on as they came. */
function optionsOf<Options>(answer: Extract<Answer, { readonly ok: true }>): Options {
  const { options } = answer.value
  if (!isMembers(options)) throw new Error('The server sent no challenge. Reload the page.')
  return JSON.parse(JSON.stringify(options))
}

async function join(link: string, name: string): Promise<string | null> {
  const begun = await ask('POST', '/account/join/options', { link, name: name.trim() })
  if (!begun.ok) return begun.why
  const credential = await startRegistration({ optionsJSON: optionsOf<CreationOptions>(begun) })
  const joined = await ask('POST', '/account/join', { credential })
  if (!joined.ok) return joined.why
  return entered(typeof begun.value.project === 'string' ? begun.value.project : null)
}

async function signIn(link: string | null): Promise<string | null> {
  const begun = await ask('POST', '/account/sign-in/options')
  if (!begun.ok) return begun.why
  const credential = await startAuthentication({ optionsJSON: optionsOf<RequestOptions>(begun) })
  const signed = await ask('POST', '/account/sign-in', { credential })
  if (!signed.ok) return signed.why
  return link === null ? entered(null) : accept(link)
}

/** Who is signed in takes up an invite. */
export async function accept(link: string): Promise<string | null> {
  const accepted = await ask('POST', '/account/accept', { link })
  if (!accepted.ok) return accepted.why
  return entered(typeof accepted.value.project === 'string' ? accepted.value.project : null)
}

async function entered(project: string | null): Promise<string | null> {
  await readAccount()
  tryNow()
  if (project === null) navigate('/team')
  else await openFromServer(project)
  return null
}

async function goToProvider(link: string | null): Promise<string | null> {
  const answer = await ask('POST', '/account/provider', { link })
  if (!answer.ok) return answer.why
  return leaveFor(answer.value.url)
}
