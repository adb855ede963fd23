/** `--ig`: FHIR packages (.tgz), folders or single JSON files with definitions, for `validate`. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { definitionsIn, type FhirPackage, readPackage } from '../../core/data/fhir/packages/package.ts'
import type { JsonObject } from '../../core/data/model/record.ts'
import type { NotEvaluated } from '../../core/finding.ts'
import { UsageError } from '../shell/usage-error.ts'

export interface LoadedDefinitions {
  readonly definitions: readonly JsonObject[]
  /** Packages that others build on and that were not given, and files that gave nothing. */
  readonly missing: readonly NotEvaluated[]
}

export async function loadDefinitionsFrom(paths: readonly string[]): Promise<LoadedDefinitions> {
  const definitions: JsonObject[] = []
  const packages: FhirPackage[] = []
  const passedOver: string[] = []
  for (const path of paths) {
    const before = definitions.length
    for (const file of await filesAt(path)) {
      const bytes = await readFile(file)
      if (!file.endsWith('.tgz')) {
        const found = await definitionsIn(bytes)
        if (found.length === 0) passedOver.push(basename(file))
        definitions.push(...found)
        continue
      }
      const read = readPackage(basename(file), bytes)
      if (typeof read === 'string') throw new UsageError(`--ig got "${path}". ${read}`)
      packages.push(read)
      definitions.push(...read.definitions)
    }
    if (definitions.length === before)
      throw new UsageError(
        `--ig got "${path}", which holds no StructureDefinition, ValueSet, CodeSystem, Questionnaire or Measure.`,
      )
  }
  return { definitions, missing: [...missingOf(packages), ...leftOut(passedOver)] }
}

async function filesAt(path: string): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path]
    const names = await readdir(path)
    return names
      .filter((name) => name.endsWith('.json') || name.endsWith('.xml') || name.endsWith('.tgz'))
      .sort()
      .map((name) => join(path, name))
  } catch {
    throw new UsageError(
      `--ig got "${path}", which can not be read; it takes a FHIR package (.tgz), a folder, a JSON or an XML file.`,
    )
  }
}

/** A torn file in a folder of definitions is not passed over without a word. */
function leftOut(names: readonly string[]): NotEvaluated[] {
  return names.map((name) => ({
    what: `Definitions in ${name}`,
    why: 'The file holds no StructureDefinition, ValueSet, CodeSystem, Questionnaire or Measure as JSON or XML, or can not be read.',
  }))
}

function missingOf(packages: readonly FhirPackage[]): NotEvaluated[] {
  const given = new Set(packages.map(({ name }) => name))
  const wanted = new Set(packages.flatMap(({ dependencies }) => dependencies))
  return [...wanted]
    .filter((dependency) => {
      const name = dependency.split('#')[0] ?? ''
      return !given.has(name) && !/^hl7\.fhir\.r4\.core$|^hl7\.terminology/.test(name)
    })
    .sort()
    .map((dependency) => ({
      what: `Definitions of the package ${dependency}`,
      why: 'A given package builds on it and it was not given; nothing is fetched. Give it with --ig as well.',
    }))
}
