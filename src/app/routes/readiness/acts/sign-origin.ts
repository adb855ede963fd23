/** Signing where a file of the board comes from, with the key of the person who signs. */
import { type InputKind, inputFiles } from '../../../../core/readiness/input-files/files.ts'
import { signOrigin } from '../../../../core/readiness/kept-files/signed-origin.ts'
import { askForSigner } from '../../../people/ask-signer.ts'
import { withKey } from '../../../people/roles.ts'
import { act, type Refusal } from '../../../session/act.ts'
import { hand } from '../../../session/ledger.ts'
import { workspace } from '../../../session/state.ts'

/** One signature for each file, under one passphrase; stops at the first that can not be signed. */
export async function signOrigins(kinds: readonly InputKind[], from: string): Promise<Refusal> {
  const { person } = workspace()
  if (hand().actor === 'unnamed' || person === null) return 'Say who signs: the board prints the name.'
  if (person.role.trim() === '') return 'Say your role in Settings: a signature names a person and a role.'
  if (from.trim() === '') return 'Say where it comes from: a system and its export, or who kept the list.'
  const title = kinds.length === 1 && kinds[0] ? inputFiles[kinds[0]].title.toLowerCase() : `${kinds.length} files`
  const signer = await askForSigner(`Sign where it comes from: ${title}`)
  if (!signer) return 'Nothing was signed.'
  return act(async (project, by) => {
    let held = withKey(project, signer, by)
    const name = held.keys.find(({ actor, device }) => actor === by.actor && device === by.device)?.name ?? person.name
    for (const kind of kinds) {
      const step = await signOrigin(held, kind, { name, role: person.role, from }, signer, by)
      if (!step.ok) return step
      held = step.project
    }
    return { ok: true, project: held }
  })
}
