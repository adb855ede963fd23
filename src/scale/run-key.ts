/** The key of a run: what lies in `shuffle/` is rows, and without the key nobody can read it. Dropping the key erases the run. */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { readJson, type WorkFolder } from './work-folder.ts'

/** Where workers of other machines have no folder with the key, they are given it as hexadecimal. */
export const keyVariable = 'CARRYOVER_RUN_KEY'
/** In the work folder, readable for its owner alone. */
export const keyFile = 'key'
/** What is known of the key of a run, whoever holds it; gone with the run. */
export const checkFile = 'key-check.json'

export interface KeyCheck {
  /** Of the run: one key that is given to several runs is another one in each. */
  readonly id: string
  /** Derived from the key, which can not be found from it. */
  readonly check: string
}

const nonceBytes = 12
const tagBytes = 16

export class RunKey {
  private readonly key: Buffer

  constructor(hex: string) {
    this.key = Buffer.from(hex, 'hex')
    if (this.key.length !== 32) throw new Error('The key of a run has 64 hexadecimal digits.')
  }

  /** The key of one run among those to which the same one was given. @param id of the run */
  static given(hex: string, id: string): RunKey {
    return new RunKey(new RunKey(hex).derive(`run ${id}`))
  }

  static random(): string {
    return randomBytes(32).toString('hex')
  }

  /** AES-256-GCM, bound to a name so that no piece can stand in for another: nonce, text, tag. */
  seal(name: string, bytes: Uint8Array): Uint8Array {
    return Buffer.concat(this.sealed(name, bytes))
  }

  /** The same one after the other, for whoever writes them into one file with others. */
  sealed(name: string, bytes: Uint8Array): readonly Uint8Array[] {
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce)
    cipher.setAAD(Buffer.from(name))
    return [nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]
  }

  /** Throws where the bytes are not those that were sealed under the name. */
  open(name: string, sealed: Uint8Array): Uint8Array {
    const decipher = createDecipheriv('aes-256-gcm', this.key, sealed.subarray(0, nonceBytes))
    decipher.setAAD(Buffer.from(name))
    decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes))
    const text = decipher.update(sealed.subarray(nonceBytes, sealed.length - tagBytes))
    // In this mode the end brings no bytes, but the proof.
    decipher.final()
    // No Buffer: what slices it expects a copy.
    return new Uint8Array(text.buffer, text.byteOffset, text.length)
  }

  /** A secret for one purpose, such as the seed of fingerprints. */
  derive(purpose: string): string {
    return createHmac('sha256', this.key).update(purpose).digest('hex')
  }
}

/** The key of a run; null where it was dropped, or lies elsewhere. @param given in the place of the file */
export async function runKeyOf(folder: WorkFolder, given = process.env[keyVariable]): Promise<RunKey | null> {
  if (given !== undefined) {
    const kept = (await readJson(folder, checkFile)) as KeyCheck | null
    return kept === null ? null : RunKey.given(given, kept.id)
  }
  const bytes = await folder.read(keyFile)
  return bytes === null ? null : new RunKey(Buffer.from(bytes).toString('latin1').trim())
}
