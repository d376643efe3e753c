/** What a cell holds. `json` is text that parses as JSON; `doubles` a list of numbers. */
export type ColumnType = 'text' | 'json' | 'integer' | 'double' | 'boolean' | 'doubles';

/** One column of a table. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** Whose name it is: the seed's, or one that we add. */
  readonly of: 'seed' | 'backbeat';
  /** Meaning, unit and range, as documents print it. */
  readonly meaning: string;
}

interface Value {
  readonly text: string;
  readonly json: string;
  readonly integer: number;
  readonly double: number;
  readonly boolean: boolean;
  readonly doubles: readonly number[];
}

/** What stands in a cell of this column. */
export type Cell<Of extends Pick<Column, 'type' | 'nullable'> = Column> =
  | Value[Of['type']]
  | (true extends Of['nullable'] ? null : never);

/** A row of a table by its columns' names. */
export type RowOf<Columns extends readonly Column[]> = {
  readonly [Each in Columns[number] as Each['name']]: Cell<Each>;
};

const FITS: Readonly<Record<ColumnType, (cell: unknown) => boolean>> = {
  text: cell => typeof cell === 'string',
  json: cell => typeof cell === 'string',
  integer: cell => Number.isInteger(cell) && Math.abs(cell as number) < 2 ** 31,
  double: Number.isFinite,
  boolean: cell => typeof cell === 'boolean',
  doubles: cell => Array.isArray(cell) && cell.every(Number.isFinite),
};

/** Whether `cell` may stand in this column: no NaN, no fraction among integers, no null but where it is allowed. */
export const isCellOf = ({ type, nullable }: Column, cell: unknown): boolean =>
  cell === null ? nullable : FITS[type](cell);

const column =
  <const Of extends Column['of'], const Nullable extends boolean>(of: Of, nullable: Nullable) =>
  <const Name extends string, const Type extends ColumnType>(name: Name, type: Type, meaning: string) => ({
    name,
    type,
    nullable,
    of,
    meaning,
  });

/** A column of the seed's. */
export const seed = column('seed', false);
/** One that may be empty. */
export const seedOrNull = column('seed', true);
/** A column that the seed does not have. */
export const ours = column('backbeat', false);
/** One that may be empty. */
export const oursOrNull = column('backbeat', true);
