import { results } from '../.vitepress/results.mjs'

export default {
  paths: () =>
    results().map((result) => ({
      params: { experiment: result.name, result },
      content: `# ${result.title}\n\n${result.experiment.question}`,
    })),
}
