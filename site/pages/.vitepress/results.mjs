// The committed results of bench/results, as pages and charts need them. Their form is described in
// bench/results/schema.json and README.md there.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { root } from './root.mjs'
import { shares } from './shares.mjs'
import { count, verdicts } from './verdicts.mjs'

// Tests bring a folder of their own, with examples: those have invented figures, and stay out of the site.
const own = process.env.SITE_RESULTS
const folder = own ? resolve(own) : resolve(root, 'bench/results')
const isExample = (name) => name.startsWith('example')

/** Not results: what describes their form, and what JMH has written in its own. */
const OTHERS = ['schema.json', 'jmh.json']

export function resultFiles() {
  if (!existsSync(folder)) {
    return []
  }
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json') && !OTHERS.includes(name))
    .filter((name) => own || !isExample(name))
    .sort()
    .map((name) => resolve(folder, name))
}

export function readResult(file) {
  const result = JSON.parse(readFileSync(file, 'utf8'))
  if (result.schemaVersion !== 1) {
    throw new Error(`${file}: schema version ${result.schemaVersion} is not known here`)
  }
  return {
    name: basename(file, '.json'),
    title: result.experiment.title,
    example: isExample(basename(file)),
    experiment: result.experiment,
    run: result.run,
    machine: result.machine,
    versions: result.versions,
    metrics: result.metrics,
    contestants: result.contestants,
    points: result.points,
    summaries: result.summaries,
    verdicts: verdicts(result),
    shares: shares(result),
    discarded: result.discards.length,
    distributions: distributions(result),
  }
}

/** For each point and contestant the distribution of the round whose p99 is the median one. */
function distributions({ samples }) {
  const groups = new Map()
  for (const sample of samples.filter((each) => each.distribution?.length)) {
    const key = `${sample.point} ${sample.contestant}`
    groups.set(key, [...(groups.get(key) ?? []), sample])
  }
  return [...groups.values()].map((group) => {
    const sorted = group.toSorted((a, b) => p99(a) - p99(b))
    const { point, contestant, round, distribution } = sorted[Math.floor((sorted.length - 1) / 2)]
    return { point, contestant, round, of: group.length, distribution }
  })
}

function p99({ distribution }) {
  return distribution.find(({ percentile }) => percentile >= 99)?.micros ?? distribution.at(-1).micros
}

export function results() {
  return resultFiles().map(readResult)
}

/** What a list of results shows of each. */
export function summaries() {
  return results().map(({ name, title, experiment, run, machine, verdicts: all }) => ({
    name,
    title,
    question: experiment.question,
    date: run.startedAt.slice(0, 10),
    form: run.form,
    command: run.command,
    machine: `${machine.cpu}, ${machine.cores} cores, ${machine.kernel}`,
    subject: all[0]?.subject,
    counts: count(all),
  }))
}
