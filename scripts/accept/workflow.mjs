/** Acceptance of workflows: one list of lines per part of the wing. */
import { lines as editor } from './workflow/editor.mjs'
import { lines as evidence } from './workflow/evidence.mjs'
import { lines as examples } from './workflow/examples.mjs'
import { lines as interchange } from './workflow/interchange.mjs'
import { lines as logs } from './workflow/logs.mjs'
import { lines as rules } from './workflow/rules.mjs'
import { lines as simulation } from './workflow/simulation.mjs'
import { lines as trace } from './workflow/trace.mjs'

export const lines = [...editor, ...examples, ...rules, ...interchange, ...logs, ...trace, ...simulation, ...evidence]
