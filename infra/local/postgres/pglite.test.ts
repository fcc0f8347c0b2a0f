import { startPostgres } from './start.ts'
import { describeContract } from './testing/contract.ts'

describeContract(() => startPostgres())
