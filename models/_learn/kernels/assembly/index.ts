// AssemblyScript: the loops over rows that plain JavaScript runs too slowly. All memory is laid out by the caller.

export * from './als'
export * from './binning'
export * from './boosting'
export * from './dense'
export * from './forest'
export * from './gram'
export * from './histogram'
export * from './k-means'
export * from './multi-label'
export * from './tree-walk'
