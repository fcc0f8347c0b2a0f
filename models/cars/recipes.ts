import { fitBoosting } from '../_learn/trees/boosting.ts'
import { fitForest } from '../_learn/trees/forest.ts'
import { squaredLoss } from '../_learn/trees/losses/squared.ts'
import { linearRecipe } from '../_regression/linear-recipe.ts'
import type { Recipe } from '../_regression/recipe.ts'
import { treeRecipe } from '../_regression/tree-recipe.ts'

const TERTILES = [1 / 3, 2 / 3]

const linear = linearRecipe({
  name: 'linear_regression',
  title: 'Linear regression',
  summary: 'A price for each feature, added up: the easiest to explain.',
  ridge: 0.5,
  bends: { enginesize: TERTILES, horsepower: TERTILES, curbweight: TERTILES, citympg: TERTILES },
  bendFreedom: 0.7,
  keyFreedom: { CarName: 1.5 },
  weightPower: 1,
})

const FOREST = { trees: 80, columnsPerSplit: 10, minLeafWeight: 2, maxDepth: 30 }

const forest = treeRecipe({
  name: 'random_forest',
  title: 'Random forest',
  summary: 'The mean of eighty trees, each grown on other cars: robust against odd ones.',
  smoothing: 1,
  parameters: FOREST,
  learn: (matrix, target, context) => fitForest(matrix, target, { ...FOREST, ...context }),
})

const BOOSTING = {
  rounds: 150,
  learningRate: 0.09,
  maxDepth: 4,
  columnsPerSplit: 5,
  rowShare: 0.5,
  minLeafWeight: 1,
} as const

const boosting = treeRecipe({
  name: 'gradient_boosting',
  title: 'Gradient boosting',
  summary: 'A hundred and fifty small trees, each mending what the ones before left over.',
  smoothing: 2,
  parameters: BOOSTING,
  learn: (matrix, target, context) => fitBoosting(matrix, target, { loss: squaredLoss(), ...BOOSTING, ...context }),
})

export const CAR_RECIPES: readonly Recipe[] = [linear, forest, boosting]
