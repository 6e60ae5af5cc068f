import type { ComponentChildren, JSX } from 'preact';

/** A column: its heading, and whether its cells are numbers to line up at the right. */
export interface Column {
  readonly heading: string;
  readonly numeric?: boolean;
}

interface DataTableProps {
  /** Names the table to a screen reader; the page's own heading names it to the eye. */
  readonly caption: string;
  readonly columns: readonly Column[];
  /** Cells in the order of the columns; the first of a row is its heading. */
  readonly rows: readonly (readonly ComponentChildren[])[];
}

/** A table that scrolls inside its own box, also by keyboard. */
export function DataTable({ caption, columns, rows }: DataTableProps): JSX.Element {
  return (
    <div class="table-scroll" tabIndex={0} role="group" aria-label={caption}>
      <table>
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ heading, numeric }) => (
              <th key={heading} scope="col" class={numeric === true ? 'number' : undefined}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, index) => (
            <tr key={index}>
              {cells.map((cell, column) => (
                <Cell key={column} head={column === 0} numeric={columns[column]?.numeric}>
                  {cell}
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps {
  readonly head: boolean;
  readonly numeric: boolean | undefined;
  readonly children: ComponentChildren;
}

function Cell({ head, numeric, children }: CellProps): JSX.Element {
  // A date has hyphens to break at, and should not.
  const isShort = typeof children === 'string' && children.length <= 20;
  const classes = [numeric === true ? 'number' : '', isShort ? 'nowrap' : ''];
  const names = classes.filter(Boolean).join(' ') || undefined;
  return head ? (
    <th scope="row" class={names}>
      {children}
    </th>
  ) : (
    <td class={names}>{children}</td>
  );
}
