#!/usr/bin/env node
/** `carryover <verb>`: the same core as the app, without a browser. */
import { outliveClosedPipes } from './pipes.ts'
import { run } from './program.ts'

outliveClosedPipes()
process.exitCode = await run(process.argv.slice(2))
