#!/usr/bin/env node
/** `carryover <verb>`: the same core as the app, without a browser. */
import { Command, CommanderError } from 'commander'
import { addAgreement } from './agreement.ts'
import { addBaseline } from './baseline.ts'
import { addCompare } from './compare.ts'
import { addConform } from './conform.ts'
import { addConvert } from './convert.ts'
import { addDiscover } from './discover.ts'
import { addLink } from './link.ts'
import { addMap } from './map.ts'
import { addProfile } from './profile.ts'
import { addReadiness } from './readiness.ts'
import { addReconcile } from './reconcile.ts'
import { addReport } from './report.ts'
import { addSample } from './sample.ts'
import { addServe } from './serve.ts'
import { addSimulate } from './simulate.ts'
import { InputError, UsageError } from './usage-error.ts'
import { addValidate } from './validate.ts'
import { addVerify } from './verify.ts'

declare const __VERSION__: string

const program = new Command('carryover')
  .description('Check what you carry over when you replace one clinical system by another.')
  .version(__VERSION__)
  .option('--debug', 'show the stack of an internal error')
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, '')) })

for (const add of [
  addServe,
  addValidate,
  addProfile,
  addMap,
  addReconcile,
  addLink,
  addBaseline,
  addCompare,
  addSimulate,
  addDiscover,
  addConform,
  addConvert,
  addSample,
  addAgreement,
  addVerify,
  addReadiness,
  addReport,
])
  add(program)
for (const command of program.commands) command.exitOverride().showHelpAfterError(false)

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = report(error)
}

function report(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0
    const verb = program.commands.find((command) => command.name() === process.argv[2])
    process.stderr.write(`${(verb ?? program).createHelp().commandUsage(verb ?? program)}\n`)
    return 2
  }
  if (error instanceof UsageError || error instanceof InputError) {
    process.stderr.write(`${error.message}\n`)
    return error.exitCode
  }
  const debug = process.argv.includes('--debug')
  process.stderr.write(
    `Carryover stopped on an error of its own: ${error instanceof Error ? (debug ? error.stack : error.message) : String(error)}\n`,
  )
  if (!debug) process.stderr.write('Run the same command with --debug to see where.\n')
  return 4
}
