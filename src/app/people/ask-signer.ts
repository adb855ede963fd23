/** The signer of the person who works here, for acts outside the signing dialog: its passphrase is asked for, and a key made where there is none. */
import type { Project } from '../../core/project/format/project.ts'
import type { Signer } from '../../core/project/signing/signature.ts'
import { hand } from '../session/ledger.ts'
import { ask, askSecret } from '../session/question.ts'
import { openProject } from '../session/state.ts'
import { leastPassphrase, passphraseFault } from './new-passphrase.ts'
import { keyOf, makeKey, signerOf } from './sign.ts'

/** Null where the person gave up. @param why what is going to be signed, for the dialog */
export async function askForSigner(why: string): Promise<Signer | null> {
  const project: Project = openProject()
  const kept = await keyOf(hand())
  const secret = kept ? await askedSecret(why) : await madeSecret(why)
  const key = kept ?? (secret === null ? null : await keyOf(hand()))
  return secret === null || !key || openProject().manifest.id !== project.manifest.id ? null : signerOf(key, secret)
}

async function askedSecret(why: string): Promise<string | null> {
  const text = 'Enter the passphrase of your key: it shows that you are the one who signs.'
  const answer = await askSecret({ title: why, text, problem: null, without: false })
  return answer.kind === 'secret' ? answer.secret : null
}

/** A passphrase typed twice, a key under it, and its recovery key shown once. */
async function madeSecret(why: string): Promise<string | null> {
  const answer = await askSecret({
    title: why,
    text: `You have no key in this browser yet. Choose a passphrase of at least ${leastPassphrase} characters for it.`,
    problem: null,
    without: false,
    fresh: passphraseFault,
  })
  if (answer.kind !== 'secret') return null
  const recoveryKey = await makeKey(answer.secret)
  await ask({
    title: 'Write down the recovery key',
    text: `${recoveryKey} signs in place of your passphrase if that is lost. It is kept nowhere and can not be shown again.`,
    choices: [{ value: 'done', label: 'I wrote it down' }],
  })
  return answer.secret
}
