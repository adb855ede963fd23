/** What a person gives a run beside its files: definitions of loaded packages, and the profiles each input has to fit. */
import type { JsonObject } from '../record.ts'
import type { ResourceJudge } from '../validation.ts'
import { createFhirJudge, type FhirContext } from './judge.ts'

export interface GivenDefinitions {
  readonly definitions?: readonly JsonObject[]
  /** Canonical addresses by number of the input. */
  readonly profiles?: readonly (readonly string[])[]
}

/** Makes the judge of a run that knows them; a chosen profile that can not be judged is told as not evaluated. */
export function judgeGiven({
  definitions = [],
  profiles = [],
}: GivenDefinitions): (context: FhirContext) => Promise<ResourceJudge> {
  return async (context) => {
    const judge = await createFhirJudge({ ...context, loaded: definitions, profilesByInput: profiles })
    const unknown = judge.unknownProfiles?.() ?? []
    const told = unknown.map((why) => ({ what: 'A profile that was chosen for a source', why }))
    return { ...judge, notEvaluated: () => [...judge.notEvaluated(), ...told] }
  }
}
