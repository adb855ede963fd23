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

/** The same function without limits of time, which a busy machine would pass. */
function patient(call) {
  return new Proxy(call, {
    get: (target, name) => (typeof target[name] === 'function' ? patient(target[name]) : target[name]),
    apply(target, self, given) {
      const isNamed = typeof given[0] === 'string'
      const kept = given.filter((one, at) => !(isNamed && at > 0 && typeof one === 'number'))
      const result = Reflect.apply(
        target,
        self,
        kept.map((one, at) => (isNamed && at > 0 ? withoutTimeout(one) : one)),
      )
      return typeof result === 'function' ? patient(result) : result
    },
  })
}

function withoutTimeout(option) {
  if (typeof option !== 'object' || option === null) return option
  const { timeout: _, ...rest } = option
  return rest
}

export const { afterAll, afterEach, beforeAll, beforeEach, startTests } = runner
export const [describe, it, test] = [runner.describe, runner.it, runner.test].map(patient)
