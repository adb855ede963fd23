/** Golden patients in this browser: chosen by a named clinician, kept in the private part, named in the ledger by one digest. */

import { saltOf } from '../../../../core/project/format/record-name.ts'
import { chooseGolden } from '../../../../core/project/review/golden-list.ts'
import { setSalt } from '../../../../core/project/review/review-steps.ts'
import { act, type Refusal } from '../../../session/act.ts'
import { newSalt, recordNames } from '../../../session/record-names.ts'

/** Replaces the list; null when it is kept. */
export function keepGolden(keys: readonly string[]): Promise<Refusal> {
  return act(async (project, hand) => {
    const salted = saltOf(project) === null ? setSalt(project, newSalt(), hand) : project
    return chooseGolden(salted, keys, await recordNames(saltOf(salted) ?? '', keys), hand)
  })
}
