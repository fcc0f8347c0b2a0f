import type { TrainedModel } from '../_runtime/trained-model.ts'

/** The model card, written from what training measured. */
export function renderCarCard(models: readonly TrainedModel[]): string {
  const [first] = models
  if (first === undefined) throw new Error('there are no models to describe')
  const { folds, repeats, rows } = first.metrics
  return `# Car prices

Three predictors of the list price of a car in the United States of 1985, in US dollars of that year, from 24 features.
This page is written by \`npm run train -- cars --card\`: its numbers are measured, not typed.

## Data
\`imports-85.csv\`, the UCI *Automobile* data (public domain copy, see \`SOURCE.md\`), sha256 \`${first.dataSha256}\`. Of its
205 cars, ${rows} have a price and are learned from; the column \`normalized-losses\` is left out, because nobody who asks for a
price knows it. What is missing elsewhere (doors, bore, stroke, horsepower, peak rpm) stays missing: the artefacts deal
with it.

## How they were judged
${folds}-fold cross-validation, ${repeats} times with other folds (seed ${first.seed}); every number that is learned, encodings and knots
included, is learned inside the training part. Settings were chosen on the folds of another seed. Means over the
${Number(folds) * Number(repeats)} test folds, +- their standard deviation. Errors in dollars.

| predictor | R2 | MAE | RMSE | MAPE | 90 % interval | covers | credits a row |
|---|---|---|---|---|---|---|---|
${models.map(qualityRow).join('\n')}

\`CarName\` may be left out. Each artefact holds a second model for that, and for makes that it does not know:

| predictor, without \`CarName\` | R2 | MAE | 90 % interval | covers |
|---|---|---|---|---|
${models.map(blindRow).join('\n')}

The folds are small and share most of their training rows: a difference of less than 0.005 in R2 or 50 in MAE between
two predictors means little.

## How they work
- **Linear regression**: weighted least squares with a ridge penalty. Engine size, horsepower, weight and mileage may
  change their slope at the tertiles; words become one column each. Cheap cars count as much as dear ones (weight 1 /
  price), so that errors are small relative to the price. Unknown values contribute nothing.
- **Random forest** and **gradient boosting**: regression trees over the numbers as they are and, for words, the smoothed
  mean price of their training rows. Unknown values have a side of their own at every split.
- **Contributions**: baseline + contributions = price, for every row. Linear: coefficient x (value - mean), summed over the
  parts of a feature. Trees: the changes of the mean along the path of each tree (Saabas). They say what the model
  did, not what a change to the car would do.
- **Interval**: price +- radius x max(price, floor), by conformal prediction from the errors of held-out cars. It
  holds the true price of nine cars in ten like those in the data; it promises nothing for other cars. "Covers" is measured on folds
  that had no part in the radius.
- **Names**: only the first word counts, in any case; known misspellings are mended inside the artefact. "buick"
  means Mercedes-Benz, because a well-known copy of this table names those cars so.

## What they are not for
Cars of other years or markets, used cars, insurance decisions. The data hold 22 makes, most of them with fewer than 15
cars; a price for a car unlike any of them is a guess, with an interval that does not know it.

## Artefacts
| predictor | sha256 | size | baseline |
|---|---|---|---|
${models.map(artefactRow).join('\n')}
`
}

function qualityRow({ manifest, metrics, priceCredits }: TrainedModel): string {
  const { r2 = 0, r2_sd = 0, mae = 0, mae_sd = 0, rmse = 0, mape = 0 } = metrics
  const { interval_radius = 0, interval_coverage = 0 } = metrics
  const cells = [
    manifest.title,
    `${r2.toFixed(3)} +- ${r2_sd.toFixed(3)}`,
    `${mae.toFixed(0)} +- ${mae_sd.toFixed(0)}`,
    rmse.toFixed(0),
    percent(mape),
    `+- ${percent(interval_radius)}`,
    percent(interval_coverage),
    String(priceCredits),
  ]
  return `| ${cells.join(' | ')} |`
}

function blindRow({ manifest, metrics }: TrainedModel): string {
  const { r2_without_optional = 0, mae_without_optional = 0 } = metrics
  const { interval_radius_without_optional = 0, interval_coverage_without_optional = 0 } = metrics
  const cells = [
    manifest.title,
    r2_without_optional.toFixed(3),
    mae_without_optional.toFixed(0),
    `+- ${percent(interval_radius_without_optional)}`,
    percent(interval_coverage_without_optional),
  ]
  return `| ${cells.join(' | ')} |`
}

function artefactRow({ manifest, sha256, sizeBytes }: TrainedModel): string {
  return `| ${manifest.title} | \`${sha256}\` | ${Math.round(sizeBytes / 1000)} kB | ${manifest.baseline?.toFixed(2)} |`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
