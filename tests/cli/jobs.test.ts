/** When a verb is given processes, how its input is cut for them, and which words they read again. */
import { Command } from 'commander'
import { expect, test } from 'vitest'
import { jobsFor, wordsOf } from '../../src/cli/scale/jobs.ts'
import { blockFor } from '../../src/scale/stretches/block-size.ts'

const mebibyte = 1 << 20

test('large files are given the processes that were asked for, eight at most; small ones and standard input stay in this one', () => {
  expect(jobsFor(300 * mebibyte, 4, ['a.csv'])).toBe(4)
  expect(jobsFor(300 * mebibyte, 64, ['a.csv'])).toBe(8)
  expect(jobsFor(300 * mebibyte, 1, ['a.csv'])).toBe(1)
  expect(jobsFor(200 * mebibyte, 4, ['a.csv'])).toBe(1)
  expect(jobsFor(300 * mebibyte, 4, ['-'])).toBe(1)
})

test('each process has about one block, neither too small to pay nor too large to hold', () => {
  expect(blockFor(400 * mebibyte, 4)).toBe(100 * mebibyte)
  expect(blockFor(100 * mebibyte, 8)).toBe(32 * mebibyte)
  expect(blockFor(1 << 30, 2)).toBe(256 * mebibyte)
})

test('words before and behind the verb are those of the verb', async () => {
  const program = new Command('carryover').option('--quiet')
  let words: readonly string[] = []
  const verb: Command = program
    .command('profile')
    .argument('[names...]')
    .action(() => {
      words = wordsOf(verb)
    })
  await program.parseAsync(['--quiet', 'profile', 'profile', 'b.csv'], { from: 'user' })
  expect(words).toEqual(['--quiet', 'profile', 'b.csv'])
})
