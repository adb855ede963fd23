/** Wrong use of the command line: one sentence that names the flag, what it got and what it takes. Exit code 2. */
export class UsageError extends Error {
  readonly exitCode = 2
}

/** An input that could not be read. Exit code 3. */
export class InputError extends Error {
  readonly exitCode = 3
}
