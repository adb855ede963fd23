/** The self-test of the security policy: what is held back in the page and in each worker, and whether patient data may be opened here. */
import type { OperationWorker, Proof } from '../../../workers/bridge.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { weaknessOfAnswer } from '../../io/server/host-check.ts'
import type { PolicyProbe } from '../../io/server/policy-probe.ts'
import { probePolicy } from '../../io/server/policy-probe.ts'

export interface PolicyVerdict {
  readonly safe: boolean
  /** One sentence per expectation that is not met. */
  readonly failures: readonly string[]
}

/** Said wherever patient data would come in on a host that does not hold the app back. */
export const refusedHere =
  'Projects and files can not be opened here, because this host does not hold the app back from the network. The banner says how to mend it.'

/** Workers that may run generated code: ajv compiles schemas there, and nowhere else. */
const mayGenerateCode = new Set(['validate', 'export'])

/** Workers that read what is kept of projects, and so are never given anything where only the sample may be open. */
const readsProjects = new Set(['journal'])

const failures: string[] = []
let tested = false
/** Origins that the server was started to let the page reach. */
let reachable: readonly string[] = []
/** Refused at the start: nothing but the sample can be open then, in this visit. */
let onlySample = false
let say: (verdict: PolicyVerdict) => void = () => undefined

/**
 * Tries to leave the origin from the page and from the workers that are needed first. Any unmet expectation refuses patient data.
 * @param connect origins that the page may reach, as the server said
 * @param told hears the verdict, and hears it again if a worker that is started later changes it
 */
export async function testPolicy(
  workers: readonly Pick<OperationWorker<never, never, never>, 'prove'>[],
  connect: readonly string[],
  told: (verdict: PolicyVerdict) => void,
): Promise<void> {
  say = told
  reachable = connect
  const [page, sent] = await Promise.all([
    probePolicy(siblingOrigin()),
    sentPolicy('The page', new URL(location.pathname, location.href)),
    ...workers.map((worker) => worker.prove()),
  ])
  failures.unshift(...describe('The page', page, false), ...sent)
  tested = true
  onlySample = failures.length > 0
  say({ safe: failures.length === 0, failures: [...failures] })
}

/** What the worker of this name has to hold back before it is given anything. */
export function proofOf(name: string): Proof {
  const where = `The ${name} worker`
  return async (probe, script) => {
    const [held, sent] = await Promise.all([
      probe(siblingOrigin()).then(
        (probed) => describe(where, probed, mayGenerateCode.has(name)),
        (error: unknown) => [`${where} could not be tested: ${errorWords(error)}.`],
      ),
      sentPolicy(where, script),
    ])
    const found = [...held, ...sent]
    failures.push(...found.filter((failure) => !failures.includes(failure)))
    if (tested && found.length > 0) say({ safe: false, failures: [...failures] })
    // Files of patients may be open already, so the worker is never given anything, however often it is asked.
    if (found.length > 0 && (!onlySample || readsProjects.has(name))) throw new Error(`${found.join(' ')} It was given nothing.`)
  }
}

/** Directives that no probe tries are read from the answer itself. */
async function sentPolicy(where: string, address: URL): Promise<string[]> {
  // As it was loaded: where the browser kept the answer, the kept one.
  const weakness = await fetch(address, { cache: 'force-cache' }).then(
    (answer) => weaknessOfAnswer(answer, reachable),
    (error: unknown) => `could not be read: ${errorWords(error)}`,
  )
  return weakness === null ? [] : [`${where} has a policy that is too weak: Content-Security-Policy ${weakness}.`]
}

function describe(where: string, probe: PolicyProbe, generatedCodeAllowed: boolean): string[] {
  const unmet: string[] = []
  if (!probe.fetch) unmet.push(`${where} can send requests to other hosts (header Content-Security-Policy, connect-src).`)
  if (probe.fetchSibling === false) unmet.push(`${where} can reach another server on this machine (connect-src).`)
  if (!probe.importScript) unmet.push(`${where} can load scripts from other hosts (script-src).`)
  if (!probe.generatedCode && !generatedCodeAllowed)
    unmet.push(`${where} can run generated code (script-src without 'unsafe-eval').`)
  if (probe.open.length > 0) unmet.push(`${where} can reach other hosts past the policy: ${probe.open.join(', ')}.`)
  return unmet
}

/** A second origin on the loopback, when the page itself is served there. */
function siblingOrigin(): string | null {
  const { hostname, port, protocol } = location
  if (hostname === '127.0.0.1') return `${protocol}//localhost:${port}/`
  if (hostname === 'localhost') return `${protocol}//127.0.0.1:${port}/`
  return null
}
