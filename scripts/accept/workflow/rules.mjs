/** Acceptance of the rules: what they find in seeded pairs, what must hold for every map, and how long it takes. */
import { printed } from '../measure.mjs'

/** Figures that the tests print themselves. */
const figure = /^(seeded pairs|compare of)/

const folder = 'tests/core/workflow'

export const lines = [
  {
    name: 'rules',
    line: '≥ 270 seeded pairs of 29 rules, positives and look-alikes in generated variants: precision and recall ≥ 0.95 each',
    measure: () => printed([`${folder}/rules/seeded.test.ts`, `${folder}/rule-examples.test.ts`], figure, { LONG: '1' }),
  },
  {
    name: 'metamorphic',
    line: 'names, order and places do not matter; the same map twice keeps every problem; paper on a screen is digitized; all eight outcomes',
    measure: () => printed([`${folder}/rules/metamorphic.test.ts`, `${folder}/survival.test.ts`], figure),
  },
  {
    name: 'structure',
    line: 'soundness equals trying every marking; each structural rule flags and lets pass what its examples say',
    measure: () => printed([`${folder}/structure`, `${folder}/rule-examples.test.ts`], figure),
  },
  {
    name: 'speed',
    line: '2 × 300 steps checked ≤ 40 ms, one edit ≤ 16 ms at 200 steps',
    measure() {
      const found = printed([`${folder}/incremental.test.ts`], figure)
      const [whole = 99, ...edits] = [...found.figure.matchAll(/ ([\d.]+) ms/g)].map(([, ms]) => Number(ms))
      return { ok: found.ok && whole <= 40 && edits.length > 0 && edits.every((edit) => edit <= 16), figure: found.figure }
    },
  },
]
