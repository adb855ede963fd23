/**
 * The key that signs what the command line writes into a ledger: one for each user of a machine, in a file that nobody else may read. The
 * chain is called after the key, so two users, or two key files, never share one.
 */
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { digestOf } from '../../core/canonical.ts'
import type { Hand } from '../../core/project/acts/hand.ts'
import type { Project } from '../../core/project/format/project.ts'
import type { Signer } from '../../core/project/signing/signature.ts'
import { keyDevice, keyEntries, signHead } from '../../core/project/signing/signed-heads.ts'
import { isMembers, parseJson } from '../../core/values/json.ts'
import { makeBundleKey, pairOfBundle } from '../../io/keys/key-text.ts'
import { signerOf } from '../../io/keys/signature-web.ts'
import { deviceName } from '../shell/device-name.ts'
import { printAside } from '../shell/print.ts'
import { InputError, UsageError } from '../shell/usage-error.ts'
export interface CliDevice {
  readonly device: string
  /** Null where no key could be made or read: what is written is unsigned then, and that is said. */
  readonly signer: Signer | null
}

export const deviceKeyFlag = [
  '--device-key <file>',
  'the key that signs what is written into the ledger; left out, the one in your state folder, made when it is first needed',
] as const

const format = 'carryover-device-key/1'

/** Under $XDG_STATE_HOME, else ~/.local/state. */
export function usualKeyFile(environment: NodeJS.ProcessEnv = process.env): string {
  const state = environment.XDG_STATE_HOME
  return join(state?.startsWith('/') ? state : join(homedir(), '.local', 'state'), 'carryover', 'device-key.json')
}

/** @throws UsageError or InputError where the file named on the command line, or the own one, can not be used as a key */
export async function cliDevice(given: string | undefined): Promise<CliDevice> {
  const file = given ?? usualKeyFile()
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null && given !== undefined)
    throw new InputError(`--device-key ${given} can not be read. Leave it out to use your own.`)
  const signer = text === null ? await madeAt(file) : await readFrom(file, text)
  if (!signer) {
    printAside(`No key can be kept at ${file}: what is written into the ledger is unsigned.\n`)
    return { device: deviceName(), signer: null }
  }
  return { device: `cli-${digestOf(signer.publicKey).slice('sha256:'.length, 'sha256:'.length + 8)}`, signer }
}

async function readFrom(file: string, text: string): Promise<Signer> {
  const { mode } = await stat(file)
  if ((mode & 0o077) !== 0 && process.platform !== 'win32')
    throw new UsageError(
      `${file} can be read by others: whoever has it signs as you. Run "chmod 600 ${file}", or make a new key.`,
    )
  const read = parseJson(text)
  const key = read.ok && isMembers(read.value) && read.value.format === format ? (read.value.privateKey ?? null) : null
  const pair = await pairOfBundle(key).catch(() => null)
  if (!pair) throw new InputError(`${file} holds no device key of Carryover. Remove it to have a new one made.`)
  return await signerOf(pair)
}

/** Null where nothing can be written there. */
async function madeAt(file: string): Promise<Signer | null> {
  const { privateKey } = await makeBundleKey()
  const draft = `${file}.${process.pid}.partial`
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    await writeFile(draft, `${JSON.stringify({ format, privateKey }, null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true })
    // A key is never half there, and never takes the place of one that another run made meanwhile.
    await link(draft, file)
  } catch {
    return null
  } finally {
    await rm(draft, { force: true }).catch(() => undefined)
  }
  const pair = await pairOfBundle(privateKey)
  return pair && (await signerOf(pair))
}

/** The project with the key of this device in its ledger, before anything is written there. @throws InputError where its chain was changed outside */
export async function withKey(project: Project, { device, signer }: CliDevice, hand: Hand): Promise<Project> {
  if (!signer) return project
  if (!keyEntries(project.ledger).has(device)) return await keyDevice(project, signer, hand)
  const tip = project.ledger.findLast((entry) => entry.device === device)
  if (project.heads.some(({ hash }) => hash === tip?.hash)) return project
  throw new InputError(
    `The chain of ${device} holds more than this key signed: somebody else wrote there. Nothing is added; "carryover verify" names the entry.`,
  )
}

/** The project with the end of this device's chain signed, to be written. */
export async function withSignature(project: Project, { device, signer }: CliDevice): Promise<Project> {
  return signer ? await signHead(project, device, signer) : project
}
