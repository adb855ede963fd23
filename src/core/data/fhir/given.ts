/** What a person gives a run beside its files: definitions of loaded packages, and the profiles each input has to fit. */
import type { JsonObject } from '../model/record.ts'
import { createFhirJudge, type FhirContext } from './judge.ts'
import type { OpenHelpers } from './spread-lines.ts'
import type { ResourceJudge } from './visit/run-contract.ts'

export interface GivenDefinitions {
  readonly definitions?: readonly JsonObject[]
  /** Canonical addresses by number of the input. */
  readonly profiles?: readonly (readonly string[])[]
}

/** Makes the judge of a run that knows them; a chosen profile that can not be judged is told as not evaluated. `helpersFor` gives other threads for so many bytes. */
export function judgeGiven(
  { definitions = [], profiles = [] }: GivenDefinitions,
  helpersFor: (bytes: number) => OpenHelpers | null = () => null,
): (context: FhirContext & { readonly bytes?: number }) => Promise<ResourceJudge> {
  return async ({ bytes = 0, ...context }) => {
    const helpers = helpersFor(bytes)
    const given = { ...context, loaded: definitions, profilesByInput: profiles }
    const judge = await createFhirJudge(helpers === null ? given : { ...given, helpers })
    const unknown = judge.unknownProfiles?.() ?? []
    const told = unknown.map((why) => ({ what: 'A profile that was chosen for a source', why }))
    const notEvaluated = () => [...judge.notEvaluated(), ...told]
    return {
      ...judge,
      notEvaluated,
      // Grows while records are judged.
      get rulesRun() {
        return judge.rulesRun
      },
    }
  }
}
