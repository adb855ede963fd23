/** An address that no server of this machine can listen on. */
import { UsageError } from './usage-error.ts'

const codes: ReadonlySet<string> = new Set(['EINVAL', 'ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EADDRNOTAVAIL', 'EAFNOSUPPORT'])

/** The error as a sentence about `--host`, where the address is at fault. @throws UsageError, or the error itself */
export function throwWrongHost(error: unknown, host: string): never {
  if (error instanceof Error && 'code' in error && codes.has(String(error.code)))
    throw new UsageError(`--host got "${host}", which is no address of this machine; it takes one such as 127.0.0.1.`)
  throw error
}
