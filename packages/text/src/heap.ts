/** A priority queue: a binary heap whose first element comes before all others. */
export class Heap<T> {
  readonly #elements: T[] = [];
  readonly #before: (a: T, b: T) => boolean;

  constructor(before: (a: T, b: T) => boolean) {
    this.#before = before;
  }

  push(element: T): void {
    const elements = this.#elements;
    let i = elements.length;
    elements.push(element);
    // up, while it comes before its parent
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.#before(element, elements[parent] as T)) break;
      elements[i] = elements[parent] as T;
      i = parent;
    }
    elements[i] = element;
  }

  pop(): T | undefined {
    const elements = this.#elements;
    const first = elements[0];
    const last = elements.pop();
    if (elements.length === 0 || last === undefined) return first;
    // the last takes the first's place and goes down, while a child comes before it
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= elements.length) break;
      if (child + 1 < elements.length && this.#before(elements[child + 1] as T, elements[child] as T))
        child++;
      if (!this.#before(elements[child] as T, last)) break;
      elements[i] = elements[child] as T;
      i = child;
    }
    elements[i] = last;
    return first;
  }
}
