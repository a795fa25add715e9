import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shares } from '../.vitepress/shares.mjs'

function sample(contestant, round, cpu) {
  return { point: '50', contestant, round, figures: cpu === undefined ? {} : { cpuMicrosPerRequest: cpu } }
}

const result = {
  experiment: { subject: 'ours' },
  contestants: [
    { name: 'ours', kind: 'subject' },
    { name: 'slow', kind: 'variant' },
    { name: 'away', kind: 'variant', absent: 'it is not installed' },
    { name: 'peer', kind: 'peer' },
  ],
  points: [{ name: '50' }],
  samples: [
    ...[2, 4, 3].map((cpu, i) => sample('ours', i, cpu)),
    ...[3, 4, 6].map((cpu, i) => sample('slow', i, cpu)),
    ...[9, 9, 9].map((cpu, i) => sample('peer', i, cpu)),
    sample('ours', 3),
    sample('slow', 3),
    sample('slow', 4, 100),
  ],
}

test('a variant adds what it costs beyond the subject in the same round', () => {
  assert.deepEqual(shares(result), [{ point: '50', contestant: 'slow', median: 1, min: 0, max: 3, share: 1 / 3 }])
})

test('where nothing is a variant, nothing is added', () => {
  const contestants = result.contestants.filter(({ kind }) => kind !== 'variant')
  assert.deepEqual(shares({ ...result, contestants }), [])
})
