// Makes the folder of results that the tests' site shows: those that are committed, and two of invented
// figures: one over a numeric axis, and one whose points are categories, with a disturbed sample.

import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const from = resolve(import.meta.dirname, '../../../bench/results')
const to = process.argv[2]

rmSync(to, { recursive: true, force: true })
mkdirSync(to, { recursive: true })
readdirSync(from)
  .filter((name) => name.endsWith('.json'))
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
