/** Faults of spread runs on every engine that this machine has: tests/scale/faults.long.test.ts, one fault at a time. */

import { build } from '../../setup.mjs'
import { printed } from '../measure.mjs'

const fault = (name) => () => {
  build()
  return printed(['tests/scale/faults.long.test.ts'], new RegExp(`^(${name}|left out) `), { LONG: '1', FAULT: name })
}

export const faultLines = [
  {
    name: 'kills',
    line: '25 × kill -9 at random moments, each engine: the report of a run alone, nothing by hand',
    measure: fault('kills'),
  },
  {
    name: 'queue-lost',
    line: 'queue emptied and command killed in mid-run, then --resume: the report of a run alone',
    measure: fault('queue-lost'),
  },
  {
    name: 'poison',
    line: 'a task that ends its process each time: set aside and named, the others done, exit 3',
    measure: fault('poison'),
  },
  { name: 'changed', line: 'an input that changes in mid-run: the run stops and names it', measure: fault('changed') },
  { name: 'cancel', line: 'a cancelled run: no process after 5 s, rows and key gone, parts kept', measure: fault('cancel') },
  { name: 'planted', line: 'planted words: 0 hits in queue, logs, parts and rows on their way', measure: fault('planted') },
  {
    name: 'full-disk',
    line: 'no space left in mid-run: a named stop, nothing half-written counts, --resume gives the report of a run alone',
    measure: fault('full-disk'),
  },
]
