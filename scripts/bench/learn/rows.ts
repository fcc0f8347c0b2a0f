/** One line of the table: two measurements, which of their figures count, and what is aimed at. */
export interface RowSpec {
  work: string
  /** What stands beside it: a library, our own single thread, or a limit. */
  peer: string
  ours: string
  theirs: string | Limit
  part: 'fit' | 'predict'
  /** Our seconds over the peer's, at most; null where nothing is promised. */
  aim: number | null
  /** The measure of quality, as both sides name it. */
  metric: string
  qualityAim?: number
  /** Our peak memory over the peer's, at most. */
  peakAim?: number
}

export interface Limit {
  seconds: number
  peakMb: number
}

const small = 'boosting, 100 trees, 100k x 10'
const large = 'boosting, 100 trees, 1M x 20'
const labels = 'multi-label, 200k x 20, 24 labels'
const forest = 'random forest, 100 trees, 100k x 10'

const fit = { part: 'fit', metric: 'r2', aim: 1 } as const
const predict = { part: 'predict', metric: 'r2', aim: 1 } as const

/** In the order of the page. */
export const rowSpecs: readonly RowSpec[] = [
  {
    ...fit,
    work: small,
    peer: 'LightGBM',
    ours: 'auspex:boosting_100k@1',
    theirs: 'peers:friedman_100k_10/lightgbm@1',
  },
  {
    ...fit,
    work: small,
    peer: 'scikit-learn',
    ours: 'auspex:boosting_100k@1',
    theirs: 'peers:friedman_100k_10/sk_histgb@1',
  },
  {
    ...fit,
    work: small,
    peer: 'CatBoost',
    ours: 'auspex:boosting_100k@1',
    theirs: 'peers:friedman_100k_10/catboost@1',
  },
  {
    ...fit,
    work: large,
    peer: 'LightGBM',
    ours: 'auspex:boosting_1m@1',
    theirs: 'peers:friedman_1m_20/lightgbm@1',
    peakAim: 1.5,
  },
  {
    ...fit,
    work: large,
    peer: 'scikit-learn',
    ours: 'auspex:boosting_1m@1',
    theirs: 'peers:friedman_1m_20/sk_histgb@1',
  },
  { ...fit, work: large, peer: 'CatBoost', ours: 'auspex:boosting_1m@1', theirs: 'peers:friedman_1m_20/catboost@1' },
  {
    ...fit,
    work: `${large}, 2 threads`,
    peer: 'Auspex, 1 thread',
    aim: 0.625,
    ours: 'auspex:boosting_1m@2',
    theirs: 'auspex:boosting_1m@1',
  },
  {
    ...fit,
    work: `${large}, 2 threads`,
    peer: 'LightGBM, 2 threads',
    aim: null,
    ours: 'auspex:boosting_1m@2',
    theirs: 'peers:friedman_1m_20/lightgbm@2',
  },
  {
    ...fit,
    work: forest,
    peer: 'scikit-learn',
    aim: 0.25,
    qualityAim: 0.94,
    ours: 'auspex:forest_100k@1',
    theirs: 'peers:friedman_100k_10/sk_rf@1',
  },
  {
    ...fit,
    work: `${forest}, 2 threads`,
    peer: 'Auspex, 1 thread',
    aim: 0.625,
    ours: 'auspex:forest_100k@2',
    theirs: 'auspex:forest_100k@1',
  },
  {
    ...fit,
    work: labels,
    peer: 'CatBoost',
    aim: 0.5,
    metric: 'auc_macro',
    qualityAim: 0.93,
    ours: 'auspex:multilabel@1',
    theirs: 'peers:multilabel_200k_20_24/catboost@1',
  },
  {
    ...fit,
    work: labels,
    peer: '24 x LightGBM',
    aim: null,
    metric: 'auc_macro',
    ours: 'auspex:multilabel@1',
    theirs: 'peers:multilabel_200k_20_24/lightgbm_24@1',
  },
  {
    ...fit,
    work: 'isolation forest, 100k x 8',
    peer: 'scikit-learn',
    metric: 'auc',
    ours: 'auspex:isolation_forest@1',
    theirs: 'peers:anomaly_100k_8/sk_iforest@1',
  },
  {
    ...fit,
    work: 'k-means, 500k x 8, k 20',
    peer: 'scikit-learn',
    metric: 'inertia',
    ours: 'auspex:k_means@1',
    theirs: 'peers:blobs_500k_8/sk_kmeans@1',
  },
  {
    ...fit,
    work: 'ALS, 100k x 20k',
    peer: 'implicit',
    aim: 1.5,
    metric: 'hit_at_10',
    ours: 'auspex:als@1',
    theirs: 'peers:als_100k_20k/implicit@1',
  },
  {
    ...fit,
    work: 'ALS, 100k x 20k, 2 threads',
    peer: 'Auspex, 1 thread',
    aim: 0.625,
    metric: 'hit_at_10',
    ours: 'auspex:als@2',
    theirs: 'auspex:als@1',
  },
  {
    ...fit,
    work: 'least squares, 1M x 20',
    peer: 'scikit-learn',
    aim: null,
    ours: 'auspex:least_squares@1',
    theirs: 'peers:friedman_1m_20/sk_linear@1',
  },
  {
    ...fit,
    work: 'elastic net, 1M x 20',
    peer: 'scikit-learn',
    aim: null,
    ours: 'auspex:elastic_net@1',
    theirs: 'more-peers:elastic_net@1',
  },
  {
    ...fit,
    work: 'logistic regression, 1M x 20',
    peer: 'scikit-learn',
    aim: null,
    metric: 'auc',
    ours: 'auspex:logistic@1',
    theirs: 'more-peers:logistic@1',
  },
  {
    ...fit,
    work: 'PCA to 4, 500k x 8',
    peer: 'scikit-learn',
    aim: null,
    metric: 'explained',
    ours: 'auspex:pca@1',
    theirs: 'more-peers:pca@1',
  },
  {
    ...predict,
    work: 'prediction, boosting, 200k x 20',
    peer: 'scikit-learn',
    ours: 'auspex:boosting_1m@1',
    theirs: 'peers:friedman_1m_20/sk_histgb@1',
  },
  {
    ...predict,
    work: 'prediction, boosting, 200k x 20',
    peer: 'LightGBM',
    aim: null,
    ours: 'auspex:boosting_1m@1',
    theirs: 'peers:friedman_1m_20/lightgbm@1',
  },
  {
    ...predict,
    work: 'prediction, random forest, 20k x 10',
    peer: 'scikit-learn',
    ours: 'auspex:forest_100k@1',
    theirs: 'peers:friedman_100k_10/sk_rf@1',
  },
  {
    ...predict,
    work: 'prediction, isolation forest, 100k x 8',
    peer: 'scikit-learn',
    metric: 'auc',
    ours: 'auspex:isolation_forest@1',
    theirs: 'peers:anomaly_100k_8/sk_iforest@1',
  },
  {
    ...predict,
    work: 'prediction, k-means, 500k x 8',
    peer: 'scikit-learn',
    metric: 'inertia',
    ours: 'auspex:k_means@1',
    theirs: 'peers:blobs_500k_8/sk_kmeans@1',
  },
  {
    ...predict,
    work: 'prediction, least squares, 200k x 20',
    peer: 'scikit-learn',
    ours: 'auspex:least_squares@1',
    theirs: 'peers:friedman_1m_20/sk_linear@1',
  },
  {
    ...predict,
    work: 'prediction, logistic regression, 200k x 20',
    peer: 'scikit-learn',
    metric: 'auc',
    ours: 'auspex:logistic@1',
    theirs: 'more-peers:logistic@1',
  },
  {
    ...fit,
    work: 'boosting inside workerd, 50k x 20',
    peer: 'limit',
    ours: 'workerd:boosting_50k@1',
    theirs: { seconds: 30, peakMb: 100 },
    peakAim: 1,
  },
]

/** A line of the plot of scaling: the same training on more and more rows. */
export interface ScalingSpec {
  name: string
  points: readonly { rows: number; key: string }[]
}

const sizes = [
  { rows: 8_000, ours: 'boosting_10k', theirs: 'more-peers:lightgbm_10k' },
  { rows: 80_000, ours: 'boosting_100k', theirs: 'peers:friedman_100k_10/lightgbm' },
  { rows: 800_000, ours: 'boosting_1m', theirs: 'peers:friedman_1m_20/lightgbm' },
]

/** The smallest table is the first rows of the next one; the largest has twice the columns. */
export const scalingSpecs: readonly ScalingSpec[] = [1, 2].flatMap((threads) => [
  {
    name: `Auspex, ${threads} thread${threads > 1 ? 's' : ''}`,
    points: sizes.map(({ rows, ours }) => ({ rows, key: `auspex:${ours}@${threads}` })),
  },
  {
    name: `LightGBM, ${threads} thread${threads > 1 ? 's' : ''}`,
    points: sizes.map(({ rows, theirs }) => ({ rows, key: `${theirs}@${threads}` })),
  },
])
