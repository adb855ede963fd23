/**
 * Plans and parts as they lie on disks. A part is sealed under the key of its plan: its fingerprints, days, sums and digests of stretches
 * would tell record numbers, dates and post codes to whoever tries them all. The key is a file of its own, or a variable.
 */
import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isObject } from '../../core/data/shards/part.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { writeWhole } from '../../io/files/whole-file.ts'
import { isStoreAddress } from '../../io/s3/s3-names.ts'
import { isCode } from '../../scale/disk-folder.ts'
import { keyVariable, RunKey } from '../../scale/run-key.ts'
import { UsageError } from '../shell/usage-error.ts'

/** Bound to every sealed part, so that nothing else that the key seals can stand in for one. */
const purpose = 'part of a plan'
const sealedFormat = 1

/** The key of a plan, with the name of its file for whoever has to look for it. */
export interface PlanKey {
  readonly key: RunKey
  readonly name: string
}

/** What a plan names is read by whoever runs a shard, under the name of a file. @throws UsageError for another input */
export function needPlannable(names: readonly string[]): void {
  if (names.includes('-')) throw new UsageError('--plan takes files; standard input can not be read by several machines.')
  const stored = names.find(isStoreAddress)
  if (stored !== undefined)
    throw new UsageError(
      `--plan takes files, and got "${stored}". Copy it to a disk that all machines see, or validate it with carryover run.`,
    )
}

/** The plan, and beside it the key of its run; both are readable by their owner alone. */
export async function writePlanFile(file: string, plan: object): Promise<void> {
  const place = keyFileOf(file)
  // A key that is there stays: parts of the plan before it can be opened, whenever the writing ends.
  if (givenKey() === null && (await keyIn(place)) === null) await writeWhole(place, `${RunKey.random()}\n`, true)
  await writeWhole(file, `${JSON.stringify(plan)}\n`, true)
}

/** The key that parts of the plan in `file` are sealed under. @throws UsageError where it is not here */
export async function keyOfPlan(file: string): Promise<PlanKey> {
  const place = keyFileOf(file)
  const key = givenKey() ?? (await keyIn(place))
  if (key === null)
    throw new UsageError(
      `--run needs the key of the plan, and ${place} can not be read. Put it there, or give its digits as ${keyVariable}.`,
    )
  return { key, name: basename(place) }
}

/** Whole or not there: a shard may be run twice, and half a part must never be merged. */
export async function writePart(file: string, part: object, { key, name }: PlanKey): Promise<void> {
  const sealed = key.seal(purpose, new TextEncoder().encode(JSON.stringify(part)))
  const whole = { kind: 'carryover-sealed-part', format: sealedFormat, key: name, sealed: Buffer.from(sealed).toString('base64') }
  await writeWhole(file, `${JSON.stringify(whole)}\n`, true)
}

/** The part in a file that `--merge` names, opened; whatever else the file holds. @throws UsageError where it can not be opened */
export async function readPart(file: string): Promise<unknown> {
  const read = await json(file, '--merge')
  if (!isObject(read)) return read
  const got = `--merge got "${file}", which is`
  if (read.kind === 'carryover-part')
    throw new UsageError(`${got} a part that is not sealed, as earlier versions wrote it. Run its shard again with this version.`)
  if (read.kind !== 'carryover-sealed-part') return read
  const { key: named, sealed, format } = read
  if (format !== sealedFormat || typeof named !== 'string' || typeof sealed !== 'string')
    throw new UsageError(`${got} a part of format ${String(format)}, and this version reads format ${sealedFormat}.`)
  const name = basename(named)
  const key = givenKey() ?? (await keyIn(join(dirname(file), name))) ?? (await keyIn(name))
  if (key === null)
    throw new UsageError(
      `${got} sealed under ${name}, and that file is neither beside it nor here. Put it there, or give its digits as ${keyVariable}.`,
    )
  return JSON.parse(new TextDecoder().decode(openedWith(key, sealed, file)))
}

function openedWith(key: RunKey, sealed: string, file: string): Uint8Array {
  try {
    return key.open(purpose, Buffer.from(sealed, 'base64'))
  } catch {
    throw new UsageError(`--merge got "${file}", which was changed, or sealed under another key. Run its shard again.`)
  }
}

function keyFileOf(plan: string): string {
  return `${plan}.key`
}

function givenKey(): RunKey | null {
  const given = process.env[keyVariable]
  return given === undefined ? null : keyOf(given, keyVariable)
}

/** Null where there is no such file. A key that can not be read is there all the same: nothing may be put in its place. */
async function keyIn(file: string): Promise<RunKey | null> {
  const text = await readFile(file, 'latin1').catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return null
    throw new UsageError(
      `${file} can not be read: ${errorWords(error)}. Let this account read it, or give its digits as ${keyVariable}.`,
    )
  })
  return text === null ? null : keyOf(text.trim(), file)
}

function keyOf(hex: string, place: string): RunKey {
  if (!/^[\da-f]{64}$/i.test(hex)) throw new UsageError(`${place} holds no key; the key of a plan has 64 hexadecimal digits.`)
  return new RunKey(hex)
}

/** The JSON of a file that a flag names. */
export async function json(path: string, flag: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) throw new UsageError(`${flag} got "${path}", which can not be read.`)
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError(`${flag} got "${path}", which is not JSON.`)
  }
}
