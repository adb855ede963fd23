/** argon2id in WebAssembly, for workers whose policy lets it be compiled. */
import { argon2id } from 'hash-wasm'
import type { StretchPassphrase } from './passphrase-cost.ts'

export const stretchPassphrase: StretchPassphrase = (passphrase, salt, { memoryKiB, passes }) =>
  argon2id({
    password: passphrase,
    salt,
    memorySize: memoryKiB,
    iterations: passes,
    parallelism: 1,
    hashLength: 32,
    outputType: 'binary',
  })
