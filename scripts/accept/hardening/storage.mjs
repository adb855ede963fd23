/** What a browser keeps, and what is left of it after "Erase". */
import { tests } from '../measure.mjs'

export const storageLines = [
  {
    name: 'erase',
    line: 'after "Erase" the bytes of the browser profile hold no planted word and no key; either copy of a key suffices before; no database, no port misleads',
    measure: () => tests(['tests/journeys/erased.test.ts', 'tests/io/private-part.test.ts', 'tests/io/store-browser.test.ts']),
  },
]
