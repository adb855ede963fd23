/** `carryover run map`: the plan of a mapping, its tasks, and its files and account from their parts. */
import { createHash } from 'node:crypto'
import type { Mapping } from '../../core/data/crosswalk/mapping/mapping.ts'
import type { MapInput } from '../../core/data/crosswalk/plan/crosswalk.ts'
import { legacyOf } from '../../core/data/crosswalk/records/map-account.ts'
import type { ByteSource } from '../../core/operation.ts'
import type { MapAsked } from '../../scale/map/map-parts.ts'
import { MapTasks, mapStages, mapTurns } from '../../scale/map/map-tasks.ts'
import { toldMap } from '../../scale/map/told-map.ts'
import type { RunPlan } from '../../scale/plan.ts'
import { NotAsPlanned } from '../../scale/spread-verb.ts'
import { setAsideOf } from '../../scale/status.ts'
import { type MapOptions, mapTakers, openMap, refuseTaken, runMap } from '../data/crosswalk/map.ts'
import { UsageError } from '../shell/usage-error.ts'
import { type BuildProgram, readWords } from '../shell/word-takers.ts'
import { asPlanned, blocksAsked, planOf, refuseOthers, reported, type SpreadCommand } from './spread-command.ts'

export const spreadMap: SpreadCommand = {
  // Without the rows of tables that link to themselves nobody knows which of them are written.
  groundwork: ['open', 'cuts', 'circles'],

  async plan(build, words, { blockBytes }) {
    const [names, options] = await wordsOf(build, words)
    if (names.includes('-')) throw new UsageError('run takes files; standard input can not be read by several processes.')
    refuseTaken(options)
    const input = await openMap(names, options)
    const asked: MapAsked = {
      ...{ ...blocksAsked(sourcesOf(input), blockBytes), turns: mapTurns(input) },
      ...{ mapping: digestOfMapping(input.mapping), writes: options.out !== undefined },
    }
    return planOf('map', words, asked, mapStages(asked))
  },

  async open(plan, build) {
    const [names, options] = await wordsOf(build, plan.command.words)
    const input = await asPlanned(() => openMap(names, options))
    const asked = askedOf(plan)
    refuseChanged(asked, input)
    return new MapTasks(asked, input)
  },

  async report(folder, plan, build) {
    const [names, options] = await wordsOf(build, plan.command.words)
    const isWhole = (await setAsideOf({ folder, plan })).length === 0
    return await reported(folder, (key, read) =>
      runMap(names, options, {
        isWhole,
        async *make(input, signal) {
          const asked = askedOf(plan)
          refuseChanged(asked, input)
          yield* toldMap(folder, key, asked, input, isWhole && asked.writes, read, signal)
        },
      }),
    )
  },
}

async function wordsOf(build: BuildProgram, words: readonly string[]) {
  const read = await readWords(build, 'map', words, mapTakers)
  refuseUnspread(read[1])
  return read
}

function refuseUnspread({ suggest, target, schema }: MapOptions): void {
  const given = Object.entries({ suggest, target, schema })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => `--${name}`)
  if (given.length > 0) throw new UsageError(`run map spreads the mapping alone; give ${given.join(', ')} to carryover map.`)
}

function sourcesOf({ inputs }: MapInput): readonly ByteSource[] {
  return legacyOf(inputs).map(({ source }) => source)
}

/** Files that tasks wrote by two field maps would fit neither. */
function refuseChanged(asked: MapAsked, input: MapInput): void {
  refuseOthers(asked, sourcesOf(input))
  if (digestOfMapping(input.mapping) !== asked.mapping)
    throw new NotAsPlanned('The field map is not the one with which the run began. Begin the run again in an empty folder.')
}

function digestOfMapping(mapping: Mapping): string {
  const text = JSON.stringify(mapping, (_, value: unknown) => (value instanceof Map ? [...value] : value))
  return createHash('sha256').update(text).digest('hex')
}

function askedOf({ asked }: RunPlan): MapAsked {
  return asked as object as MapAsked
}
