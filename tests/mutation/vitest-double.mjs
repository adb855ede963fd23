/** Stands in for `vitest` inside the mutation runner: the same runner and the same assertions, without the worker that Vitest would start for each run. */
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

// Both come with Vitest; asked for from there, they are the ones Vitest itself uses.
const fromVitest = createRequire(createRequire(import.meta.url).resolve('vitest/package.json'))
const load = (name) => import(pathToFileURL(fromVitest.resolve(name)).href)
const [runner, matchers, chai] = await Promise.all(['@vitest/runner', '@vitest/expect', 'chai'].map(load))

for (const plugin of [
  matchers.JestExtend,
  matchers.JestChaiExpect,
  matchers.ChaiStyleAssertions,
  matchers.JestAsymmetricMatchers,
])
  chai.use(plugin)

export const expect = Object.assign((value, message) => chai.expect(value, message), chai.expect)
Object.assign(expect, globalThis[matchers.ASYMMETRIC_MATCHERS_OBJECT], { assert: chai.assert })
expect.getState = () => matchers.getState(expect)
expect.setState = (state) => matchers.setState(state, expect)
matchers.setState({ assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null }, expect)
globalThis[matchers.GLOBAL_EXPECT] = expect

/** Types are no behaviour: what asserts them passes. */
export const expectTypeOf = () => new Proxy(() => {}, { get: () => expectTypeOf(), apply: () => expectTypeOf() })

export const { afterAll, afterEach, beforeAll, beforeEach, describe, it, startTests, test } = runner
