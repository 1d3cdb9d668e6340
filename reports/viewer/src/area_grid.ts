// How much of each cell of a grid a set of rectangles covers, exactly.

/**
 * What a rectangle covers of a cell is the product of what it covers across and upward, and each of these steps up at
 * one edge and down at the other. So a rectangle is entered as differences at its four corners, two cells wide because
 * an edge may lie inside of a cell, and two running sums at the end make areas of them: the cost of a rectangle does
 * not depend on its size.
 */
export class AreaGrid {
  private readonly stride: number;
  private readonly differences: Float64Array;

  constructor(
    private readonly columns: number,
    private readonly rows: number,
  ) {
    this.stride = rows + 2;
    this.differences = new Float64Array((columns + 2) * this.stride);
  }

  /** In units of cells; what lies outside of the grid is left out. */
  add(left: number, right: number, bottom: number, top: number): void {
    left = Math.max(left, 0);
    right = Math.min(right, this.columns);
    bottom = Math.max(bottom, 0);
    top = Math.min(top, this.rows);
    if (left >= right || bottom >= top) return;
    this.corner(left, bottom, 1);
    this.corner(left, top, -1);
    this.corner(right, bottom, -1);
    this.corner(right, top, 1);
  }

  private corner(across: number, upward: number, sign: number): void {
    const column = Math.floor(across);
    const row = Math.floor(upward);
    const x = across - column; // of the cell, what lies before the edge
    const y = upward - row;
    const at = column * this.stride + row;
    this.differences[at] += sign * (1 - x) * (1 - y);
    this.differences[at + 1] += sign * (1 - x) * y;
    this.differences[at + this.stride] += sign * x * (1 - y);
    this.differences[at + this.stride + 1] += sign * x * y;
  }

  /** Of each cell, 0..1 where rectangles do not overlap; column by column, from the bottom up. */
  shares(): Float32Array {
    const shares = new Float32Array(this.columns * this.rows);
    const sums = new Float64Array(this.stride);
    for (let column = 0; column < this.columns; ++column) {
      let sum = 0;
      for (let row = 0; row < this.rows; ++row) {
        sums[row] += this.differences[column * this.stride + row];
        sum += sums[row];
        shares[column * this.rows + row] = sum;
      }
    }
    return shares;
  }
}
