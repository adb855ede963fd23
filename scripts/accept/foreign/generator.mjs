/** 200 migrations of a generator of its own: clean ones, damaged ones, and what `map` writes of them. */
import { printed } from '../measure.mjs'

const file = 'tests/foreign/generator/migrations.long.test.ts'

export const lines = [
  {
    name: 'migrations',
    line: '200 foreign-like migrations: 0 unaccounted, 0 false critical or error on clean ones; recall and precision of damage ≥ 98 %',
    measure: () => printed([file, '-t', '200 foreign migrations'], /^FOREIGN/, { LONG: '1' }),
  },
  {
    name: 'map-own-output',
    line: 'what map writes of the same legacy tables has no reject and reconciles clean',
    measure: () => printed([file, '-t', 'what map writes'], /^FOREIGN/, { LONG: '1' }),
  },
]
