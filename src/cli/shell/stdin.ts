/** Standard input as an input: `-` can stand for one input of a run, because a pipe is read once. */
import { readFile } from 'node:fs/promises'
import { type ByteSource, bytesSource } from '../../core/operation.ts'
import { pipeBytes } from '../../io/files/files-node.ts'
import { printAside } from './print.ts'
import { InputError, UsageError } from './usage-error.ts'

export const twice = '"-" was given twice; standard input can be read once. Save one of the inputs to a file and name the file.'

const taken = new WeakSet<object>()

async function stdinBytes(): Promise<Uint8Array> {
  const { stdin } = process
  if (taken.has(stdin)) throw new UsageError(twice)
  taken.add(stdin)
  if (stdin.isTTY) printAside('Reading standard input; end it with Ctrl D.\n')
  return await pipeBytes('Standard input', stdin).catch((error: Error) => {
    throw new InputError(error.message)
  })
}

export async function stdinSource(): Promise<ByteSource> {
  return bytesSource('stdin', await stdinBytes())
}

/** A whole small file, or standard input for `-`. @throws InputError */
export async function inputBytes(path: string): Promise<Uint8Array> {
  if (path === '-') return await stdinBytes()
  return await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new InputError(`${path} could not be read: there is no such file. Check its name.`)
    if (error.code === 'EISDIR') throw new InputError(`${path} could not be read: it is a folder. Name a file.`)
    if (error.code === 'EACCES') throw new InputError(`${path} could not be read: you may not read it.`)
    throw new InputError(`${path} could not be read: ${error.message}.`)
  })
}
