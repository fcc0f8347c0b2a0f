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
export const Manifest = z.object({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/),
  domain: z.string().min(1),
  title: z.string().min(1),
  task: z.literal('regression'),
  summary: z.string(),
  /** In the order of the artefact's inputs. */
  features: z.array(Feature).min(1),
  output: z.object({ name: z.string().min(1), label: z.string(), unit: z.string() }),
  interval: z.object({ coverage: z.number().gt(0).lt(1) }),
  /** The prediction for nobody in particular: baseline + contributions = prediction. */
  baseline: z.number(),
})
export type Manifest = z.infer<typeof Manifest>

export type Value = number | string | null
/** One array per feature of the manifest, all of one length; `null` is a value that is not known. */
export type Columns = Record<string, readonly Value[]>
