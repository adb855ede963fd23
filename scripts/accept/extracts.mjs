/** Acceptance of legacy extracts: one list of lines per part of the data wing. */
import { lines as dqd } from './extracts/dqd.mjs'
import { lines as engine } from './extracts/engine.mjs'
import { lines as keys } from './extracts/keys.mjs'
import { lines as profile } from './extracts/profile.mjs'
import { lines as reading } from './extracts/reading.mjs'
import { lines as reconcile } from './extracts/reconcile.mjs'
import { lines as reports } from './extracts/reports.mjs'
import { lines as schemas } from './extracts/schemas.mjs'
import { lines as screens } from './extracts/screens.mjs'

export const lines = [...dqd, ...engine, ...keys, ...profile, ...reading, ...reconcile, ...reports, ...schemas, ...screens]
