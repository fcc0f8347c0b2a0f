const MAX_RETRY_DELAY_MS = 86_400_000
const MAX_EXPRESSION_LENGTH = 512
const MAX_DEPTH = 32

/** e^(2.5 n) seconds before the nth retry, at most a day: 12 s, 2 m 28 s, 30 m 8 s, ... */
export function defaultRetryDelayMs(retry: number): number {
  return Math.min(MAX_RETRY_DELAY_MS, Math.exp(2.5 * retry) * 1_000)
}

type Evaluate = (retried: number) => number

interface Operation {
  minArguments: number
  maxArguments: number
  apply: (...values: number[]) => number
}

const unary = (apply: (value: number) => number): Operation => ({ minArguments: 1, maxArguments: 1, apply })

const FUNCTIONS: ReadonlyMap<string, Operation> = new Map([
  ['pow', { minArguments: 2, maxArguments: 2, apply: Math.pow }],
  ['min', { minArguments: 1, maxArguments: 16, apply: Math.min }],
  ['max', { minArguments: 1, maxArguments: 16, apply: Math.max }],
  ['sqrt', unary(Math.sqrt)],
  ['abs', unary(Math.abs)],
  ['exp', unary(Math.exp)],
  ['floor', unary(Math.floor)],
  ['ceil', unary(Math.ceil)],
  ['round', unary(Math.round)],
])

/**
 * Compiles an `Upstash-Retry-Delay` expression: numbers, `retried`, + - * /, parentheses and a few functions.
 *
 * @returns a function from the number of retries so far (0 before the first) to the delay, within 0 and a day
 * @throws SyntaxError when the expression is not one
 */
export function compileRetryDelay(expression: string): Evaluate {
  if (expression.length > MAX_EXPRESSION_LENGTH) throw new SyntaxError('retry delay expression is too long')
  const parser = new Parser(expression)
  const evaluate = parser.sum(0)
  parser.expectEnd()
  return (retried) => {
    const delayMs = evaluate(retried)
    if (Number.isNaN(delayMs)) return 0
    return Math.min(MAX_RETRY_DELAY_MS, Math.max(0, delayMs))
  }
}

class Parser {
  readonly #tokens: string[]
  #index = 0

  constructor(text: string) {
    this.#tokens = text.match(/\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+|[a-z_]\w*|\S/gi) ?? []
  }

  sum(depth: number): Evaluate {
    let left = this.#product(depth)
    for (;;) {
      const a = left
      if (this.#take('+')) {
        const b = this.#product(depth)
        left = (retried) => a(retried) + b(retried)
      } else if (this.#take('-')) {
        const b = this.#product(depth)
        left = (retried) => a(retried) - b(retried)
      } else return left
    }
  }

  expectEnd(): void {
    if (this.#index < this.#tokens.length) throw this.#unexpected()
  }

  #product(depth: number): Evaluate {
    let left = this.#factor(depth)
    for (;;) {
      const a = left
      if (this.#take('*')) {
        const b = this.#factor(depth)
        left = (retried) => a(retried) * b(retried)
      } else if (this.#take('/')) {
        const b = this.#factor(depth)
        left = (retried) => a(retried) / b(retried)
      } else return left
    }
  }

  #factor(depth: number): Evaluate {
    if (depth > MAX_DEPTH) throw new SyntaxError('retry delay expression is nested too deeply')
    if (this.#take('-')) {
      const operand = this.#factor(depth + 1)
      return (retried) => -operand(retried)
    }
    if (this.#take('(')) {
      const inner = this.sum(depth + 1)
      this.#expect(')')
      return inner
    }
    const token = this.#tokens[this.#index]
    if (token === undefined) throw this.#unexpected()
    this.#index += 1
    if (/^[\d.]/.test(token) && Number.isFinite(Number(token))) return () => Number(token)
    if (token === 'retried') return (retried) => retried
    return this.#call(token, depth)
  }

  #call(name: string, depth: number): Evaluate {
    const operation = FUNCTIONS.get(name)
    if (operation === undefined) throw new SyntaxError(`retry delay expression: unknown name "${name}"`)
    this.#expect('(')
    const parameters = [this.sum(depth + 1)]
    while (this.#take(',')) parameters.push(this.sum(depth + 1))
    this.#expect(')')
    if (parameters.length < operation.minArguments || parameters.length > operation.maxArguments)
      throw new SyntaxError(`retry delay expression: wrong number of arguments to ${name}`)
    return (retried) => operation.apply(...parameters.map((parameter) => parameter(retried)))
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#index] !== token) return false
    this.#index += 1
    return true
  }

  #expect(token: string): void {
    if (!this.#take(token)) throw this.#unexpected()
  }

  #unexpected(): SyntaxError {
    const token = this.#tokens[this.#index]
    return new SyntaxError(`retry delay expression: unexpected ${token === undefined ? 'end' : `"${token}"`}`)
  }
}
