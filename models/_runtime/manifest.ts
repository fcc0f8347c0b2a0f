import { z } from 'zod'

const FeatureBase = {
  name: z.string().min(1),
  label: z.string().min(1),
  description: z.string().optional(),
  /** May the whole column be left out? */
  required: z.boolean(),
  /** Does `null` stand for a value that is not known? */
  nullable: z.boolean(),
}

const Range = z.tuple([z.number(), z.number()])

export const NumberFeature = z.object({
  ...FeatureBase,
  type: z.literal('number'),
  unit: z.string().optional(),
  range: Range.optional(),
  default: z.number(),
})

export const IntegerFeature = z.object({
  ...FeatureBase,
  type: z.literal('integer'),
  unit: z.string().optional(),
  range: Range.optional(),
  default: z.int(),
})

export const CategoryFeature = z.object({
  ...FeatureBase,
  type: z.literal('category'),
  choices: z.array(z.string().min(1)).min(1),
  default: z.string(),
})

export const TextFeature = z.object({
  ...FeatureBase,
  type: z.literal('text'),
  maxLength: z.int().positive(),
  /** Known values, to suggest: others are accepted. */
  choices: z.array(z.string()).optional(),
  default: z.string(),
})

/** One input of a predictor, as its training data showed it. */
export const Feature = z.discriminatedUnion('type', [NumberFeature, IntegerFeature, CategoryFeature, TextFeature])
export type Feature = z.infer<typeof Feature>

/** What a predictor takes and gives: the API validates by it, the console draws its form from it. */
export const Manifest = z
  .object({
    name: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/),
    domain: z.string().min(1),
    title: z.string().min(1),
    /** A search finds things by what its one row says; it has no artefact that ONNX could run. */
    task: z.enum(['regression', 'classification', 'search']),
    summary: z.string(),
    /** Of one request; absent: as many as anybody may send. */
    maximumRows: z.int().positive().optional(),
    /** In the order of the artefact's inputs. */
    features: z.array(Feature).min(1),
    output: z.object({ name: z.string().min(1), label: z.string(), unit: z.string() }),
    /** What a classification tells apart, in the order of its probabilities; of two the second is the positive one. */
    classes: z.array(z.string().min(1)).min(2).optional(),
    /** Of a regression that says how sure it is. */
    interval: z.object({ coverage: z.number().gt(0).lt(1) }).optional(),
    /** Of a regression that gives reasons: the prediction for nobody in particular, baseline + contributions = prediction. */
    baseline: z.number().optional(),
  })
  .refine(({ task, classes }) => (task === 'classification') === (classes !== undefined), {
    path: ['classes'],
    message: 'a classification has classes, and nothing else has',
  })
  .refine(({ classes = [] }) => new Set(classes).size === classes.length, {
    path: ['classes'],
    message: 'no two classes have the same name',
  })
  .refine(({ task, interval, baseline }) => task === 'regression' || (interval ?? baseline) === undefined, {
    path: ['task'],
    message: 'only a regression has an interval or a baseline',
  })
export type Manifest = z.infer<typeof Manifest>

/** Of a predictor that says how sure it is, and why: what our own training makes. */
export type ExplainedManifest = Manifest & Required<Pick<Manifest, 'interval' | 'baseline'>>

export type Value = number | string | null
/** One array per feature of the manifest, all of one length; `null` is a value that is not known. */
export type Columns = Record<string, readonly Value[]>
