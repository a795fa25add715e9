// Makes the folder of results that the tests' site shows: those that are committed, and three of invented
// figures: one over a numeric axis, one whose points are categories, with a disturbed sample, and one with
// variants of the subject.

import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const from = resolve(import.meta.dirname, '../../../bench/results')
const to = process.argv[2]

rmSync(to, { recursive: true, force: true })
mkdirSync(to, { recursive: true })
readdirSync(from)
  .filter((name) => name.endsWith('.json') && name !== 'jmh.json')
  .forEach((name) => copyFileSync(join(from, name), join(to, name)))

const result = JSON.parse(readFileSync(join(from, 'example.json'), 'utf8'))
const points = result.points.slice(0, 2).map(({ x, ...point }) => point)
const kept = ({ point }) => points.some(({ name }) => name === point)
const categories = {
  ...result,
  experiment: { ...result.experiment, name: 'example-categories', title: 'An example with categories' },
  run: { ...result.run, form: 'short' },
  points,
  samples: result.samples.filter(kept).map(({ distribution, ...sample }) => sample),
  summaries: result.summaries.filter(kept).map((summary, i) => ({ ...summary, disturbed: i === 0 ? 1 : 0 })),
  comparisons: result.comparisons.filter(kept),
}
writeFileSync(join(to, 'example-categories.json'), JSON.stringify(categories))

const { name: only } = points[0]
const atOnly = ({ point }) => point === only
const variants = {
  ...categories,
  experiment: { ...result.experiment, name: 'example-variants', title: 'An example with variants' },
  contestants: result.contestants.map((each) => ({ ...each, kind: each.kind === 'subject' ? 'subject' : 'variant' })),
  points: points.slice(0, 1),
  samples: categories.samples.filter(atOnly),
  summaries: result.summaries.filter(atOnly),
  comparisons: result.comparisons.filter(atOnly),
}
writeFileSync(join(to, 'example-variants.json'), JSON.stringify(variants))
