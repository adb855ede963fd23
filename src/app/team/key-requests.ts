/** Wrapped keys of the private part, as the server holds them. */
import { isMembers } from '../../core/values/json.ts'
import { ask } from './ask-server.ts'
import type { KeyStanding } from './private/key-ring.ts'

/** @throws {Error} with a sentence */
export async function readKeys(project: string): Promise<KeyStanding> {
  const answer = await ask('GET', `/team/${encodeURIComponent(project)}/keys`)
  if (!answer.ok) throw new Error(answer.why)
  const { wraps, held, gone } = answer.value
  const texts = (list: unknown): string[] =>
    Array.isArray(list) ? list.filter((each): each is string => typeof each === 'string') : []
  return {
    wraps: texts(wraps),
    held: (Array.isArray(held) ? held : []).flatMap((each) =>
      isMembers(each)
        ? [{ epoch: Number(each.epoch), device: String(each.device), key: String(each.key), by: String(each.by) }]
        : [],
    ),
    gone: texts(gone),
  }
}

/** @throws {Error} with a sentence */
export async function keepKeys(project: string, wraps: readonly string[]): Promise<void> {
  const answer = await ask('POST', `/team/${encodeURIComponent(project)}/keys`, { wraps: [...wraps] })
  if (!answer.ok) throw new Error(answer.why)
}
