import { sql } from 'drizzle-orm'
import { customType, integer, pgEnum, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { createdAt, moment } from './columns.ts'

export const encoderStates = ['filling', 'serving', 'retired'] as const
export const encoderStateEnum = pgEnum('encoder_state', encoderStates)

/**
 * Which encoder's vectors a catalogue is searched by, and which is being filled to take its place. One serves; the
 * switch from one to the other is one statement.
 */
export const catalogueEncoders = pgTable(
  'catalogue_encoders',
  {
    /** Such as `films`. */
    catalogue: text('catalogue').notNull(),
    /** `name@version`, the version being the beginning of the SHA-256 of what makes the vectors. */
    encoderId: text('encoder_id').notNull(),
    dimensions: integer('dimensions').notNull(),
    state: encoderStateEnum('state').notNull(),
    createdAt: createdAt(),
    servingSince: moment('serving_since'),
    retiredAt: moment('retired_at'),
  },
  (table) => [
    primaryKey({ columns: [table.catalogue, table.encoderId] }),
    uniqueIndex('one_serving_encoder').on(table.catalogue).where(sql`state = 'serving'`),
    uniqueIndex('one_filling_encoder').on(table.catalogue).where(sql`state = 'filling'`),
  ],
)

/** A vector of any length (pgvector): each encoder has its own, and an index of its own over its rows. */
export const vectorOfAnyLength = customType<{ data: number[]; driverData: string }>({
  dataType: () => 'vector',
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (value) => JSON.parse(value) as number[],
})
