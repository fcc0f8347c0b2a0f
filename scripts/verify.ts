import { runAll } from './lib/run.ts'

/** What is wrong without running anything: format, lint (who may import whom), types. */
runAll([
  ['biome', 'check', '.'],
  ['tsc', '--noEmit'],
  ['tsc', '--noEmit', '-p', 'functions/console'],
])
