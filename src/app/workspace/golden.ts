/** Golden patients in this browser: chosen by a named clinician, kept in the private part, named in the ledger by one digest. */
import { chooseGolden } from '../../core/project/golden-list.ts'
import { saltOf } from '../../core/project/record-name.ts'
import { setSalt } from '../../core/project/review-steps.ts'
import { act, type Refusal } from '../session/act.ts'
import { newSalt, recordNames } from './record-names.ts'

/** Replaces the list; null when it is kept. */
export function keepGolden(keys: readonly string[]): Promise<Refusal> {
  return act(async (project, hand) => {
    const salted = saltOf(project) === null ? setSalt(project, newSalt(), hand) : project
    return chooseGolden(salted, keys, await recordNames(saltOf(salted) ?? '', keys), hand)
  })
}
