import { type Confusion, confusionMatrix, margins } from './confusion.ts'

export interface ClusteringMetrics {
  /** Agreement on pairs of rows beyond chance: 1 is the same partition, 0 chance (Hubert and Arabie, 1985). */
  adjustedRand: number
  /** Information that the partitions share, over the mean of what each has: 1 is the same partition, 0 independence. */
  normalizedMutualInformation: number
}

/** Compares a clustering with known classes, or with another: the names of the clusters do not matter. */
export function clusteringMetrics(truth: Float64Array, clusters: Float64Array): ClusteringMetrics {
  const both = confusionMatrix(truth, clusters)
  return { adjustedRand: adjustedRand(both), normalizedMutualInformation: mutualInformation(both) }
}

function adjustedRand(both: Confusion): number {
  const pairs = (counts: Float64Array) => counts.reduce((sum, count) => sum + (count * (count - 1)) / 2, 0)
  const [byTruth, byCluster] = margins(both)
  const [inTruth, inClusters] = [pairs(byTruth), pairs(byCluster)]
  const rows = byTruth.reduce((a, b) => a + b, 0)
  const expected = rows > 1 ? (inTruth * inClusters) / ((rows * (rows - 1)) / 2) : 0
  const most = (inTruth + inClusters) / 2
  return most === expected ? 1 : (pairs(both.weight) - expected) / (most - expected)
}

function mutualInformation(both: Confusion): number {
  const [byTruth, byCluster] = margins(both)
  const [ofTruth, ofClusters] = [entropy(byTruth), entropy(byCluster)]
  if (ofTruth === 0 && ofClusters === 0) return 1
  return (2 * (ofTruth + ofClusters - entropy(both.weight))) / (ofTruth + ofClusters)
}

function entropy(counts: Float64Array): number {
  const total = counts.reduce((a, b) => a + b, 0)
  return counts.reduce((sum, count) => (count > 0 ? sum - (count / total) * Math.log(count / total) : sum), 0)
}
