import { Arena } from './arena.ts'
import type { Kernels } from './kernels.ts'

/** Threads that run kernels on one arena together. */
export interface Team {
  readonly size: number
  /** Runs a kernel once a member, at the same time, and waits for all; each member has arguments of its own. */
  run<Name extends keyof Kernels>(
    kernel: Name,
    argumentsOf: (member: number) => Parameters<Kernels[Name]>,
  ): ReturnType<Kernels[Name]>[]
  /** Ends the threads. */
  dismiss(): void
}

/** Works in a new arena with the team that is recruited for it, else alone, and ends its threads whatever comes. */
export async function withTeam<Result>(
  recruit: ((arena: Arena) => Team) | undefined,
  work: (arena: Arena, team: Team) => Promise<Result>,
): Promise<Result> {
  const arena = new Arena()
  const team = recruit?.(arena) ?? soloTeam(arena)
  try {
    return await work(arena, team)
  } finally {
    team.dismiss()
  }
}

/** The rows that a member of a team works on: as many for each, to one row. */
export function rangeOf(team: Team, member: number, rows: number): { first: number; count: number } {
  const first = Math.floor((member * rows) / team.size)
  return { first, count: Math.floor(((member + 1) * rows) / team.size) - first }
}

/** A team of the calling thread alone. */
export function soloTeam({ kernels }: Arena): Team {
  return {
    size: 1,
    run: (kernel, argumentsOf) => [callKernel(kernels, kernel, argumentsOf(0))],
    dismiss: () => undefined,
  }
}

export function callKernel<Name extends keyof Kernels>(
  kernels: Kernels,
  name: Name,
  parameters: Parameters<Kernels[Name]>,
): ReturnType<Kernels[Name]> {
  return Reflect.apply(kernels[name], undefined, parameters)
}
