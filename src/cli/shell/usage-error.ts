import { exitCode } from './exit-codes.ts'

/** Wrong use of the command line: one sentence that names the flag, what it got and what it takes. */
export class UsageError extends Error {
  readonly exitCode = exitCode.usage
}

/** An input that could not be read. */
export class InputError extends Error {
  readonly exitCode = exitCode.unreadable
}
