#!/usr/bin/env node
import { allowKernel } from '../core/data/read/records/kernel-permit.ts'
import { run } from './program.ts'
import { endWithParent } from './shell/end-with-parent.ts'
import { optimizeLater } from './shell/optimize-later.ts'
/** `carryover <verb>`: the same core as the app, without a browser. */
import { outliveClosedPipes } from './shell/pipes.ts'

outliveClosedPipes()
endWithParent()
optimizeLater()
allowKernel()
process.exitCode = await run(process.argv.slice(2))
