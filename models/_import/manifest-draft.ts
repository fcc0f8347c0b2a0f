import { z } from 'zod'
import { CategoryFeature, Feature, IntegerFeature, Manifest, NumberFeature, TextFeature } from '../_runtime/manifest.ts'

const usual = {
  label: z.string().min(1).optional(),
  required: z.boolean().default(true),
  nullable: z.boolean().default(false),
}

const DraftFeature = z.discriminatedUnion('type', [
  NumberFeature.extend(usual).strict(),
  IntegerFeature.extend(usual).strict(),
  CategoryFeature.extend({
    ...usual,
    /** What each choice is for a model that takes numbers; 0, 1, 2, ... unless given. */
    codes: z.array(z.number()).optional(),
  }).strict(),
  TextFeature.extend(usual).strict(),
])
export type DraftFeature = z.infer<typeof DraftFeature>

/** What somebody writes down about a model that was made elsewhere: the file cannot tell it. */
export const ManifestDraft = z
  .strictObject({
    name: Manifest.shape.name,
    domain: z.string().min(1).default('imported'),
    title: z.string().min(1),
    summary: z.string().default(''),
    task: Manifest.shape.task.default('regression'),
    /** In the order of the columns that the model was fitted to. */
    features: z.array(DraftFeature).min(1),
    output: z.strictObject({
      name: z.string().min(1),
      label: z.string().optional(),
      unit: z.string().default(''),
      /** Which of the model's outputs, where it has several that could be meant. */
      from: z.string().optional(),
    }),
    /** In the order of the model's probabilities; those that the file names unless given. */
    classes: z.array(z.string().min(1)).min(2).optional(),
    /** Input of the model -> features that are its columns, where neither their names nor their order tell. */
    inputs: z.record(z.string(), z.array(z.string()).min(1)).optional(),
  })
  .superRefine(({ features, output, task, classes }, { addIssue }) => {
    const names = features.map(({ name }) => name)
    const taken = new Set([output.name, `${output.name}_lower`, `${output.name}_upper`, 'contributions'])
    for (const [i, feature] of features.entries()) {
      const path = ['features', i]
      if (names.indexOf(feature.name) < i) addIssue({ code: 'custom', path, message: `${feature.name} is named twice` })
      if (taken.has(feature.name))
        addIssue({ code: 'custom', path, message: `${feature.name} is the name of an output` })
      if (feature.type === 'category' && feature.codes && feature.codes.length !== feature.choices.length)
        addIssue({ code: 'custom', path, message: `${feature.name} needs as many codes as choices` })
    }
    if (task === 'regression' && classes)
      addIssue({ code: 'custom', path: ['classes'], message: 'a regression has none' })
  })
export type ManifestDraft = z.infer<typeof ManifestDraft>

/** @throws Error that names every field that is wrong */
export function readDraft(json: unknown): ManifestDraft {
  const read = ManifestDraft.safeParse(json)
  if (read.success) return read.data
  throw new Error(`the manifest is not as it should be:\n${z.prettifyError(read.error)}`)
}

/** @param facts what the model and its check tell */
export function toManifest(draft: ManifestDraft, facts: Pick<Manifest, 'classes' | 'interval'>): Manifest {
  const { name, domain, title, summary, task, features, output } = draft
  return Manifest.parse({
    ...{ name, domain, title, summary, task },
    features: features.map((feature) => Feature.parse({ ...feature, label: feature.label ?? feature.name })),
    output: { name: output.name, label: output.label ?? output.name, unit: output.unit },
    ...facts,
  })
}
