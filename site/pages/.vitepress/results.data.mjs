import { resolve } from 'node:path'
import { root } from './root.mjs'
import { summaries } from './results.mjs'

export default {
  watch: [resolve(root, 'bench/results/*.json')],
  load: summaries,
}
