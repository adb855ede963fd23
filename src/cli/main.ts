#!/usr/bin/env node
import { run } from './program.ts'
/** `carryover <verb>`: the same core as the app, without a browser. */
import { outliveClosedPipes } from './shell/pipes.ts'

outliveClosedPipes()
process.exitCode = await run(process.argv.slice(2))
