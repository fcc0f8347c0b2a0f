import { describe, expect, test } from 'vitest'
import type { Given } from './contract.ts'

export function describeTransactions(given: () => Given) {
  describe('transactions', () => {
    test('all statements take effect or none does', async () => {
      const { postgres, sql } = given()
      await postgres.exec('create table atomic (id int primary key)')
      const insert = (id: number) => sql`insert into atomic values (${id}) returning id`
      expect(await sql.transaction([insert(1), insert(2), sql`select count(*)::int as count from atomic`])).toEqual([
        [{ id: 1 }],
        [{ id: 2 }],
        [{ count: 2 }],
      ])
      await expect(sql.transaction([insert(3), insert(1), insert(4)])).rejects.toMatchObject({ code: '23505' })
      expect(await sql`select id from atomic order by id`).toEqual([{ id: 1 }, { id: 2 }])
    })

    test('a constraint that is checked at commit undoes everything', async () => {
      const { postgres, sql } = given()
      await postgres.exec('create table deferred (id int unique deferrable initially deferred)')
      const insert = sql`insert into deferred values (1)`
      await expect(sql.transaction([insert, sql`insert into deferred values (1)`])).rejects.toMatchObject({
        code: '23505',
      })
      expect(await sql`select * from deferred`).toEqual([])
    })

    test('the modes asked for are the modes in force, and no others after', async () => {
      const { sql } = given()
      const modes = () => sql`select current_setting('transaction_isolation') as isolation,
        current_setting('transaction_read_only') as readonly, current_setting('transaction_deferrable') as deferrable`
      const [strict] = await sql.transaction([modes()], {
        isolationLevel: 'Serializable',
        readOnly: true,
        deferrable: true,
      })
      expect(strict).toEqual([{ isolation: 'serializable', readonly: 'on', deferrable: 'on' }])
      for (const [isolationLevel, isolation] of [
        ['ReadUncommitted', 'read uncommitted'],
        ['ReadCommitted', 'read committed'],
        ['RepeatableRead', 'repeatable read'],
      ] as const) {
        expect(await sql.transaction([modes()], { isolationLevel })).toEqual([
          [{ isolation, readonly: 'off', deferrable: 'off' }],
        ])
      }
      expect(await modes()).toEqual([{ isolation: 'read committed', readonly: 'off', deferrable: 'off' }])
    })

    test('a read-only transaction cannot write', async () => {
      const { postgres, sql } = given()
      await postgres.exec('create table unwritten (id int)')
      await expect(sql.transaction([sql`insert into unwritten values (1)`], { readOnly: true })).rejects.toMatchObject({
        code: '25006',
      })
    })

    test('an empty transaction is possible', async () => {
      expect(await given().sql.transaction([])).toEqual([])
    })

    test('concurrent transactions neither mix nor lose anything', async () => {
      const { postgres, sql } = given()
      await postgres.exec(
        'create table purses (id int primary key, coins int check (coins >= 0)); insert into purses values (1, 100), (2, 0)',
      )
      const give = () =>
        sql.transaction([
          sql`update purses set coins = coins - 1 where id = 1`,
          sql`update purses set coins = coins + 1 where id = 2`,
        ])
      const total = async () => {
        const [one, two] = await sql.transaction(
          [sql`select coins from purses where id = 1`, sql`select coins from purses where id = 2`],
          {
            isolationLevel: 'RepeatableRead',
            readOnly: true,
          },
        )
        return one?.[0]?.coins + two?.[0]?.coins
      }
      const worker = async () => {
        const outcomes: string[] = []
        for (let i = 0; i < 8; i++) {
          outcomes.push(
            await give().then(
              () => 'given',
              (error) => error.code,
            ),
          )
          expect(await total()).toBe(100)
        }
        return outcomes
      }
      const outcomes = (await Promise.all(Array.from({ length: 16 }, worker))).flat()
      expect(outcomes.filter((outcome) => outcome === 'given')).toHaveLength(100)
      expect(outcomes.filter((outcome) => outcome === '23514')).toHaveLength(28)
      expect(await sql`select coins from purses order by id`).toEqual([{ coins: 0 }, { coins: 100 }])
    })

    test('a request leaves nothing behind for the next: settings, or a transaction begun by hand', async () => {
      const { postgres, sql } = given()
      await postgres.exec('create table left_open (id int)')
      await sql`set statement_timeout to 12345`
      await sql`begin`
      await Promise.all(Array.from({ length: 4 }, () => sql`insert into left_open values (1)`))
      await expect(sql`rollback`).resolves.toEqual([])
      expect(
        await sql`select count(*)::int as count, current_setting('statement_timeout') as timeout from left_open`,
      ).toEqual([{ count: 4, timeout: '0' }])
    })

    test('a script runs as a whole or not at all', async () => {
      const { postgres, sql } = given()
      await expect(postgres.exec('create table half (id int); select 1/0')).rejects.toMatchObject({
        fields: { code: '22012' },
      })
      expect(await sql`select to_regclass('half') as half`).toEqual([{ half: null }])
    })
  })
}
