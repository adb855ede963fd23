/** In which order tests are asked about a mutant: by their chance to find it, for the time that they take. */

/** Milliseconds that every run costs, however little its test does. */
const leastTime = 10

/**
 * Remembers which tests found the neighbours of a mutant: those of its own file, most of all those close by.
 * A test that passes few mutants of the room speaks of them more closely than one that passes most of it.
 */
export function remembered() {
  const found = new Map()
  const breadths = new Map()
  return {
    add({ file, line }, { killer }) {
      if (!killer) return
      if (!found.has(file)) found.set(file, [])
      found.get(file).push({ ...killer, line })
    },

    /** The tests in the order in which they are asked, the one that found the mutant last time first. */
    order(mutant, tests, last) {
      const neighbours = found.get(mutant.file) ?? []
      const chance = (one) => {
        if (isOf(last, one)) return Number.POSITIVE_INFINITY
        if (!breadths.has(one)) breadths.set(one, Object.keys(one.hits).length + Object.keys(one.imported ?? {}).length)
        let weight = 1 / Math.sqrt(breadths.get(one))
        for (const neighbour of neighbours)
          if (isOf(neighbour, one)) weight += 1 + 10 / (1 + Math.abs(neighbour.line - mutant.line))
        return weight / (one.duration + leastTime)
      }
      return tests
        .map((one) => ({ one, chance: chance(one) }))
        .sort((a, b) => b.chance - a.chance)
        .map(({ one }) => one)
    },
  }
}

/** Whether a test is one of those that found a mutant. */
function isOf(killer, { file, test }) {
  return killer?.file === file && (test === null || !killer.tests || killer.tests.includes(test))
}
