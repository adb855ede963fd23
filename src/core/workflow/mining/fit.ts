/** Durations → the distribution that fits them best: maximum likelihood, chosen by Kolmogorov and Smirnov; all values where none fits. */

import { meanOfAll, quantile } from '../log/quantile.ts'
import type { Distribution } from '../map/distribution.ts'
import { gammaShare, logGamma, normalShare } from './special-functions.ts'

export interface Fit {
  readonly distribution: Distribution
  readonly n: number
  /** Largest distance between the fitted and the observed shares, and the chance of one as large; null for constant and empirical. */
  readonly distance: number | null
  readonly p: number | null
  /** Families by their distance, best first. */
  readonly tried: readonly { readonly name: string; readonly distance: number; readonly p: number }[]
  readonly note: string | null
}

/** Below this p a family does not describe the values. */
const leastP = 0.05
/** Values and weights kept of an empirical distribution. */
const mostValues = 200

/** Above this share of values that are zero, leaving them out would make the mean too long. */
const fewZeros = 0.01

/**
 * Seconds; values of zero and below count as zero. No family has a share of zeros: where they are few they are left out, else all values as observed are used; both is said.
 * Null for nothing.
 */
export function fitDurations(seconds: readonly number[]): Fit | null {
  const values = seconds.filter((value) => value > 0).sort((a, b) => a - b)
  const left = seconds.length - values.length
  const none = `${left} of ${seconds.length} took no time`
  const note = left > 0 ? `${none} and were left out of the fit.` : null
  const [first] = values
  if (first === undefined)
    return seconds.length === 0
      ? null
      : { distribution: { dist: 'constant', value: 0 }, n: seconds.length, distance: null, p: null, tried: [], note: null }
  if (left > fewZeros * seconds.length)
    return {
      distribution: empirical([...seconds.slice(values.length).map(() => 0), ...values]),
      n: seconds.length,
      distance: null,
      p: null,
      tried: [],
      note: `${none}, which no family describes; the observed values themselves are used, zeros among them.`,
    }
  const n = values.length
  if (values[n - 1] === first)
    return { distribution: { dist: 'constant', value: first }, n, distance: null, p: null, tried: [], note }
  const mean = meanOfAll(values)
  const families = [exponential(mean), lognormal(values), gamma(values, mean), weibull(values)]
  const tried = families
    .map(({ name, share, distribution }) => {
      const distance = distanceOf(values, share)
      return { name, distance, p: significance(distance, n), distribution }
    })
    .sort((a, b) => a.distance - b.distance)
  const listed = tried.map(({ name, distance, p }) => ({ name, distance: rounded(distance), p: rounded(p) }))
  const best = tried.find(({ p, distribution }) => p >= leastP && distribution !== null)
  if (best?.distribution)
    return { distribution: best.distribution, n, distance: rounded(best.distance), p: rounded(best.p), tried: listed, note }
  const held = tried.find(({ p }) => p >= leastP)
  const why = held
    ? `${capital(held.name)} fits (p ${held.p.toFixed(2)}), which a map can not hold; the observed values themselves are used.`
    : 'No family fits; the observed values themselves are used.'
  return {
    distribution: empirical(values),
    n,
    distance: null,
    p: null,
    tried: listed,
    note: note === null ? why : `${why} ${note}`,
  }
}

interface Family {
  readonly name: string
  /** Share of values up to x. */
  readonly share: (x: number) => number
  /** Null where a map has no word for it. */
  readonly distribution: Distribution | null
}

function exponential(mean: number): Family {
  return {
    name: 'exponential',
    share: (x) => 1 - Math.exp(-x / mean),
    distribution: { dist: 'exponential', mean: rounded(mean) },
  }
}

function lognormal(values: readonly number[]): Family {
  const logs = values.map(Math.log)
  const mu = meanOfAll(logs)
  const variance = meanOfAll(logs.map((value) => (value - mu) ** 2))
  const cv = Math.sqrt(Math.exp(variance) - 1)
  return {
    name: 'lognormal',
    share: (x) => normalShare((Math.log(x) - mu) / Math.sqrt(variance)),
    distribution: { dist: 'lognormal', mean: rounded(Math.exp(mu + variance / 2)), cv: rounded(cv) },
  }
}

/** Shape by Minka's start and Newton steps on ln k − ψ(k) = s. */
function gamma(values: readonly number[], mean: number): Family {
  const s = Math.log(mean) - meanOfAll(values.map(Math.log))
  let shape = (3 - s + Math.sqrt((s - 3) ** 2 + 24 * s)) / (12 * s)
  for (let i = 0; i < 20; i++) {
    const h = shape * 1e-4
    const slope = (digamma(shape + h) - digamma(shape - h)) / (2 * h)
    shape = Math.max(shape / 2, shape - (Math.log(shape) - digamma(shape) - s) / (1 / shape - slope))
  }
  return {
    name: 'gamma',
    share: (x) => gammaShare(shape, (x * shape) / mean),
    distribution: { dist: 'gamma', mean: rounded(mean), cv: rounded(1 / Math.sqrt(shape)) },
  }
}

function digamma(x: number): number {
  const h = x * 1e-5
  return (logGamma(x + h) - logGamma(x - h)) / (2 * h)
}

/** Shape by Newton steps on the likelihood. A map has no Weibull, so it is only tried. */
function weibull(values: readonly number[]): Family {
  const logs = values.map(Math.log)
  const middle = meanOfAll(logs)
  let shape = 1
  for (let i = 0; i < 50; i++) {
    let [a, b, c] = [0, 0, 0]
    for (const log of logs) {
      const power = Math.exp(shape * (log - middle))
      a += power
      b += power * log
      c += power * log * log
    }
    const f = b / a - 1 / shape - middle
    const slope = (c * a - b * b) / (a * a) + 1 / (shape * shape)
    shape = Math.max(shape / 2, shape - f / slope)
  }
  const scale = Math.exp(middle) * meanOfAll(logs.map((log) => Math.exp(shape * (log - middle)))) ** (1 / shape)
  return { name: 'weibull', share: (x) => 1 - Math.exp(-((x / scale) ** shape)), distribution: null }
}

function distanceOf(sorted: readonly number[], share: (x: number) => number): number {
  const n = sorted.length
  let most = 0
  for (const [index, value] of sorted.entries()) {
    const expected = share(value)
    most = Math.max(most, expected - index / n, (index + 1) / n - expected)
  }
  return most
}

/** Kolmogorov's limit with Stephens' correction; with parameters from the same values it is too kind, which is said where it is shown. */
function significance(distance: number, n: number): number {
  const t = distance * (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n))
  let sum = 0
  for (let k = 1; k <= 100; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * t * t)
  return t < 0.2 ? 1 : Math.min(1, Math.max(0, sum))
}

/** All values where there are few, else evenly spaced quantiles whose mean is that of all. */
function empirical(sorted: readonly number[]): Distribution {
  if (sorted.length <= mostValues) return { dist: 'empirical', values: sorted.map(rounded), weights: sorted.map(() => 1) }
  const cut = Array.from({ length: mostValues }, (_, index) => quantile(sorted, (index + 0.5) / mostValues))
  const correction = meanOfAll(sorted) / meanOfAll(cut)
  return { dist: 'empirical', values: cut.map((value) => rounded(value * correction)), weights: cut.map(() => 1) }
}

function capital(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`
}

/** Six digits: the last bits of logarithms differ between engines. */
export function rounded(value: number): number {
  return Number(value.toPrecision(6))
}
