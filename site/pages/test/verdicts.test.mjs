import assert from 'node:assert/strict'
import { test } from 'node:test'
import { count, DETAILS, verdicts } from '../.vitepress/verdicts.mjs'

/** A result with one comparison, whose ratio within rounds has these quartiles. */
function result(better, lowerQuartile, upperQuartile) {
  const withinRounds = { min: lowerQuartile / 2, lowerQuartile, median: 1, upperQuartile, max: upperQuartile * 2, count: 5 }
  return {
    metrics: [{ name: 'metric', title: 'A metric', unit: 'us', better }],
    contestants: [
      { name: 'ours', title: 'Ours' },
      { name: 'peer', title: 'The peer' },
    ],
    points: [{ name: '50', title: '50 connections' }],
    comparisons: [
      { point: '50', subject: 'ours', against: 'peer', ratios: { metric: { ofMedians: 1.5, withinRounds } } },
    ],
  }
}

function side(...figures) {
  return verdicts(result(...figures))[0].side
}

test('more is worse where lower is better, and the other way round', () => {
  assert.equal(side('lower', 1.01, 1.2), 'worse')
  assert.equal(side('lower', 0.7, 0.99), 'better')
  assert.equal(side('higher', 1.01, 1.2), 'better')
  assert.equal(side('higher', 0.7, 0.99), 'worse')
})

test('what spreads over 1 is even', () => {
  assert.equal(side('lower', 0.9, 1.1), 'even')
  assert.equal(side('higher', 1, 1.3), 'even')
})

test('a verdict names both, the point, and the spread', () => {
  const [verdict] = verdicts(result('lower', 1.2, 1.3))
  assert.deepEqual(verdict, {
    metric: 'metric',
    metricTitle: 'A metric',
    point: '50',
    pointTitle: '50 connections',
    subject: 'Ours',
    against: 'The peer',
    side: 'worse',
    ratio: 1.5,
    low: 0.6,
    high: 2.6,
  })
  assert.deepEqual(count([verdict, verdict]), { better: 0, even: 0, worse: 2 })
})

test('a detail has no verdict', () => {
  const detail = result('lower', 1.2, 1.3)
  for (const name of DETAILS) {
    detail.metrics[0].name = name
    detail.comparisons[0].ratios = { [name]: detail.comparisons[0].ratios.metric }
    assert.deepEqual(verdicts(detail), [])
    detail.comparisons[0].ratios.metric = detail.comparisons[0].ratios[name]
  }
})

test('a metric that was not compared has no verdict', () => {
  const silent = result('lower', 1, 1)
  silent.metrics[0].name = 'another'
  assert.deepEqual(verdicts(silent), [])
})
