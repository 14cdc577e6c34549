/** Part `index` of 0..size - 1 in `count` parts as equal as can be: from the first number up to the second. */
export function rangeOf(size: number, index: number, count: number): [number, number] {
  return [Math.floor((size * index) / count), Math.floor((size * (index + 1)) / count)];
}
