/** Queues for tests: PostgreSQL and Redis where they answer, by name or on their standard ports. */
import { createConnection } from 'node:net'
import Redis from 'ioredis'
import { execute, postgresUrl } from '../team/databases.ts'

export interface TestQueue {
  readonly kind: 'PostgreSQL' | 'Redis'
  readonly address: string | null
  /** Everything that lies in the queue of runs, as text. */
  contents(): Promise<string>
  /** As after a loss of the database. */
  empty(): Promise<void>
}

const redisUrl = await findRedis()
const keys = 'carryover_queue:*'
const schema = 'carryover_queue'

export const testQueues: readonly TestQueue[] = [
  {
    kind: 'PostgreSQL',
    address: postgresUrl,
    contents: async () =>
      (
        await Promise.all(
          (
            await tables()
          ).map(async (table) => (await ask(`select * from ${table}`)).map((row) => JSON.stringify(row)).join('\n')),
        )
      ).join('\n'),
    empty: async () => {
      const filled = (await tables()).filter((table) => !/migration|version|meta/.test(table))
      if (filled.length > 0) await ask(`truncate ${filled.join(', ')} cascade`)
    },
  },
  {
    kind: 'Redis',
    address: redisUrl,
    contents: async () =>
      await onRedis(async (redis) => {
        const texts: string[] = []
        for (const key of await redis.keys(keys)) texts.push(key, (await redis.dumpBuffer(key))?.toString('latin1') ?? '')
        return texts.map((text) => text.replaceAll('\n', ' ')).join('\n')
      }),
    empty: async () =>
      await onRedis(async (redis) => {
        const found = await redis.keys(keys)
        if (found.length > 0) await redis.del(...found)
      }),
  },
]

async function ask(text: string): Promise<readonly Record<string, unknown>[]> {
  return postgresUrl === null ? [] : await execute(postgresUrl, text)
}

async function tables(): Promise<string[]> {
  const found = await ask(
    `select table_name from information_schema.tables where table_schema = '${schema}' and table_type = 'BASE TABLE'`,
  )
  return found.map((row) => `${schema}.${String(row.table_name)}`)
}

async function onRedis<T>(act: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(redisUrl ?? '')
  try {
    return await act(redis)
  } finally {
    redis.disconnect()
  }
}

async function findRedis(): Promise<string | null> {
  const url = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379/5'
  const { hostname, port } = new URL(url)
  const answers = await new Promise<boolean>((resolve) => {
    const socket = createConnection({ host: hostname, port: Number(port || 6379), timeout: 2000 })
    const settle = (is: boolean): void => {
      socket.destroy()
      resolve(is)
    }
    socket.once('connect', () => settle(true))
    socket.once('error', () => settle(false))
    socket.once('timeout', () => settle(false))
  })
  return answers ? url : null
}
