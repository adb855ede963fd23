/** Schemas proposed for all tables at once, so that keys and rules lead from table to table; adopted only by a person. */

import { create } from 'zustand'
import type { JsonObject } from '../../../../core/data/model/record.ts'
import type { Side, SourceEntry } from '../../../../core/data/model/source.ts'
import { Cancelled } from '../../../../core/operation.ts'
import { dayOfExtract } from '../../../../core/project/runs/run-input.ts'
import { errorWords } from '../../../../core/values/error-words.ts'
import { isObject } from '../../../../core/values/json.ts'
import { actOrSay } from '../../../session/act.ts'
import { jobs } from '../../../session/jobs.ts'
import { begin } from '../../../session/jobs-under-way.ts'
import { wallNow } from '../../../session/ledger.ts'
import { openProject, setWorkspace, workspace } from '../../../session/state.ts'
import { looksLikeTable } from './new-source.ts'

export interface SchemaProposal {
  readonly source: SourceEntry
  readonly schema: JsonObject
}

const useProposals = create<{ readonly project: string | null; readonly list: readonly SchemaProposal[] }>()(() => ({
  project: null,
  list: [],
}))

/** Proposals that nobody has decided about, for sources that have no schema. */
export function useSchemaProposals(project: string | null): readonly SchemaProposal[] {
  const state = useProposals()
  return state.project === project ? state.list : none
}

const none: readonly SchemaProposal[] = []

/** Reads every table that is here and proposes a schema for each that has none. */
export async function proposeAllSchemas(): Promise<void> {
  if (workspace().running) return
  const job = begin('Proposing schemas')
  setWorkspace({ problem: null })
  try {
    const list: SchemaProposal[] = []
    for (const side of ['legacy', 'target'] as const) {
      const tables = tablesOf(side)
      if (tables.length === 0 || tables.every(({ source }) => source.schema !== null)) continue
      const inputs = tables.map(({ source: { format, table, reading }, file }) => ({
        file,
        side,
        format,
        table,
        reading,
        schema: null,
      }))
      for await (const update of jobs.profile(
        { inputs, asOf: dayOfExtract(openProject(), wallNow().slice(0, 10)) },
        job.signal,
      )) {
        if (update.kind === 'progress') {
          const { done, total } = update
          job.show({ label: `Proposing schemas: ${update.label}`, done, total, unit: 'bytes', bytes: { done, total } })
        } else if (update.kind === 'result')
          for (const { source } of tables) {
            const schema = source.schema === null ? schemaOf(update.value.suggested, source.table) : null
            if (schema) list.push({ source, schema })
          }
      }
    }
    if (!job.stillHere()) return
    useProposals.setState({ project: openProject().manifest.id, list })
    if (list.length === 0) setWorkspace({ done: 'No table without a schema could be read.' })
  } catch (error) {
    if (job.stillHere() && !(error instanceof Cancelled)) setWorkspace({ problem: `Proposing failed: ${errorWords(error)}` })
  } finally {
    job.end()
  }
}

/** Takes proposals into the project; the next run holds the files against them. */
export async function acceptSchemas(taken: readonly SchemaProposal[]): Promise<void> {
  const paths = new Map(taken.map(({ source }) => [source.id, `schemas/${source.id}.json`]))
  const documents = taken.map(({ source, schema }) => [paths.get(source.id) ?? '', JSON.parse(JSON.stringify(schema))] as const)
  const kept = await actOrSay(
    (project) => ({
      ok: true,
      project: {
        ...project,
        schemas: new Map([...project.schemas, ...documents]),
        sources: project.sources.map((source) => ({ ...source, schema: paths.get(source.id) ?? source.schema })),
      },
    }),
    () => leave(taken),
  )
  if (!kept) return
  setWorkspace({
    done: `${taken.length === 1 ? 'One schema is' : `${taken.length} schemas are`} part of the project now. Check the files again to hold them against it.`,
  })
}

/** Puts proposals aside without taking them. */
export function leave(proposals: readonly SchemaProposal[]): void {
  useProposals.setState(({ list }) => ({ list: list.filter((one) => !proposals.includes(one)) }))
}

function tablesOf(side: Side) {
  const { files } = workspace()
  return openProject().sources.flatMap((source) => {
    const file = files.get(source.id)
    return source.side === side && looksLikeTable(source) && file ? [{ source, file }] : []
  })
}

function schemaOf({ resources }: JsonObject, table: string): JsonObject | null {
  const found = Array.isArray(resources) ? resources.find((one) => isObject(one) && one.name === table) : undefined
  const schema = isObject(found) ? found.schema : undefined
  return isObject(schema) ? schema : null
}
