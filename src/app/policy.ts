/** The self-test of the security policy: what is held back in the page and in each worker, and whether patient data may be opened here. */
import type { PolicyProbe } from '../io/policy-probe.ts'
import { probePolicy } from '../io/policy-probe.ts'
import { allWorkers } from './jobs.ts'

export interface PolicyVerdict {
  readonly safe: boolean
  /** One sentence per expectation that is not met. */
  readonly failures: readonly string[]
}

/** Said wherever patient data would come in on a host that does not hold the app back. */
export const refusedHere =
  'Projects and files can not be opened here, because this host does not hold the app back from the network. The banner says how to mend it.'

/** Workers that may run generated code: ajv compiles schemas there, and nowhere else. */
const mayGenerateCode = new Set(['validate'])

/** Tries to leave the origin from the page and from every worker. Any unmet expectation refuses patient data. */
export async function testPolicy(): Promise<PolicyVerdict> {
  const sibling = siblingOrigin()
  const failures = describe('The page', await probePolicy(sibling), false)
  for (const [name, worker] of allWorkers())
    try {
      failures.push(...describe(`The ${name} worker`, await worker.probe(sibling), mayGenerateCode.has(name)))
    } catch (error) {
      failures.push(`The ${name} worker could not be tested: ${error instanceof Error ? error.message : String(error)}.`)
    }
  return { safe: failures.length === 0, failures }
}

function describe(where: string, probe: PolicyProbe, generatedCodeAllowed: boolean): string[] {
  const failures: string[] = []
  if (!probe.fetch) failures.push(`${where} can send requests to other hosts (header Content-Security-Policy, connect-src).`)
  if (probe.fetchSibling === false) failures.push(`${where} can reach another server on this machine (connect-src).`)
  if (!probe.importScript) failures.push(`${where} can load scripts from other hosts (script-src).`)
  if (!probe.generatedCode && !generatedCodeAllowed)
    failures.push(`${where} can run generated code (script-src without 'unsafe-eval').`)
  return failures
}

/** A second origin on the loopback, when the page itself is served there. */
function siblingOrigin(): string | null {
  const { hostname, port, protocol } = location
  if (hostname === '127.0.0.1') return `${protocol}//localhost:${port}/`
  if (hostname === 'localhost') return `${protocol}//127.0.0.1:${port}/`
  return null
}
