import assert from 'node:assert/strict';
import test from 'node:test';
import { AppError } from '../errors.ts';
import { constraintOf, sqlStateOf, toAppError, translatingErrors } from './sqlstate.ts';

const codeOf = (error: unknown) =>
  toAppError(error) instanceof AppError ? (toAppError(error) as AppError).code : 'as it was';
const pgError = (code: string, message = 'said') => Object.assign(new Error(message), { code });

test('states have meanings', () => {
  const expected = {
    '23505': 'CONFLICT',
    '23503': 'CONFLICT',
    '40001': 'CONFLICT',
    '40P01': 'CONFLICT',
    '23514': 'UNPROCESSABLE',
    '23502': 'UNPROCESSABLE',
    '22P02': 'UNPROCESSABLE',
    '22021': 'UNPROCESSABLE',
    '57014': 'UNAVAILABLE',
    '55P03': 'UNAVAILABLE',
    '53300': 'UNAVAILABLE',
    '08006': 'DATABASE',
    '57P01': 'DATABASE',
    '3D000': 'DATABASE',
    // A wrong statement is our own fault, not the caller's: it stays what it is and becomes INTERNAL at the edge.
    '42601': 'as it was',
    '42P01': 'as it was',
    '42501': 'as it was',
    '22012': 'as it was',
  };
  for (const [state, code] of Object.entries(expected)) assert.equal(codeOf(pgError(state)), code, state);
});

test('a policy violation reads as not found', () => {
  assert.equal(
    codeOf(pgError('42501', 'new row violates row-level security policy for table "trips"')),
    'NOT_FOUND',
  );
});

test('sockets and the pool', () => {
  assert.equal(codeOf(pgError('ECONNREFUSED')), 'DATABASE');
  assert.equal(codeOf(pgError('EPIPE')), 'DATABASE', 'five letters, and no SQLSTATE');
  assert.equal(sqlStateOf(pgError('EPIPE')), undefined);
  assert.equal(codeOf(new Error('timeout exceeded when trying to connect')), 'UNAVAILABLE');
  assert.equal(codeOf(new Error('Connection terminated unexpectedly')), 'DATABASE');
  assert.equal(codeOf(new Error('something else')), 'as it was');
});

test('Prisma’s wrapping is looked through', () => {
  const driver = Object.assign(new Error('DriverAdapterError'), {
    cause: {
      kind: 'postgres',
      originalCode: '23514',
      originalMessage: 'violates check constraint "trips_time_chk"',
    },
  });
  const error = Object.assign(new Error('Invalid invocation'), {
    code: 'P2010',
    meta: { driverAdapterError: driver },
  });
  assert.equal(sqlStateOf(error), '23514');
  assert.equal(constraintOf(error), 'trips_time_chk');
  assert.equal(codeOf(error), 'UNPROCESSABLE');
  assert.equal(codeOf(Object.assign(new Error(''), { code: 'P2025' })), 'NOT_FOUND');
  assert.deepEqual((toAppError(error) as AppError).facts, { constraint: 'trips_time_chk' });
  const closed = Object.assign(new Error('ConnectionClosed'), { cause: { kind: 'ConnectionClosed' } });
  assert.equal(codeOf(closed), 'DATABASE', 'a transaction that began on a connection the server had ended');
});

test('an AppError stays itself; the original is kept as cause', async () => {
  const mine = new AppError('NOT_FOUND', 'no');
  assert.equal(toAppError(mine), mine);
  const original = pgError('23505');
  await assert.rejects(
    translatingErrors(() => Promise.reject(original)),
    (error: AppError) => error.cause === original && error.code === 'CONFLICT',
  );
});
